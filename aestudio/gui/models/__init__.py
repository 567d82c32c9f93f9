"""Which model a tool works with: the choice, the comparison, and the Models page."""
