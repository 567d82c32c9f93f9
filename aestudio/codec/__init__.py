"""Compressed photos: the .aes file."""
