"""Stands where PySide6 would: proves that nothing outside the window imports it."""

raise ImportError("the core must not import Qt")
