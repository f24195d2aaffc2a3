"""What changes something for a contact: one file an action."""
