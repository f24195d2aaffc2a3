"""What lets a contact in: one file a trigger."""
