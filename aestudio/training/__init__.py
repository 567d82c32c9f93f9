"""Trains networks on the user's own folders, and our own weights."""
