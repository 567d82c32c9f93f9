"""What a new model is worth: the verdict."""
