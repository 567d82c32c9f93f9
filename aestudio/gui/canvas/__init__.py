"""The canvas: photos at any size, before and after."""
