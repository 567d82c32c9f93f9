"""The Explore page: a folder of photos, seen through their codes."""
