"""The Train page: folders in, curves and pictures while it learns, and the verdict."""
