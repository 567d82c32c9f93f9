"""What a mark covers: masks, brushes, and marks of one's own."""
