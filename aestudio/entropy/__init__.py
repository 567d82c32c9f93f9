"""Whole numbers as bytes and back, the same on every machine."""
