"""Web push: which browsers take it, what is shown in them, and what became of that."""
