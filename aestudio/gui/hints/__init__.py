"""Colour hints: where they are set, shown, picked and kept."""
