"""Making one contact of two in the database, and two of one again: set by set, however long their histories are."""
