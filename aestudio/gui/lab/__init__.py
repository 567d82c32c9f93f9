"""Compress: the laboratory for small files."""
