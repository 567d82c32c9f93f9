"""Networks, their weights, and the cards that describe them."""
