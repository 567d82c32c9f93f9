"""What each network is taught: its training pairs, its loss, and how well it does."""
