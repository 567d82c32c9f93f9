"""Choice of device and precision."""
