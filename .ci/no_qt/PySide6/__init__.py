"""Stands before the real PySide6 on the path: whoever imports Qt fails."""

raise ImportError("Qt must not be imported outside of aestudio/gui")
