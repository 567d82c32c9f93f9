"""Photos from files into files: which ones, under which names, and what becomes of them."""
