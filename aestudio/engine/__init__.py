"""Runs one photo through one task: device, tiles, memory."""
