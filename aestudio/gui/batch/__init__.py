"""The Batch page: its table, its settings, and the runs behind it."""
