"""Photos: their pixels, their metadata, and what is measured on them."""
