"""What decides where a contact goes next: one file a rule."""
