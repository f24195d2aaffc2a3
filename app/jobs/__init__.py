"""Entry points of the queue, and the loops that call them."""
