"""What codes of photos are good for: to find, to compare, to sort and to draw photos."""
