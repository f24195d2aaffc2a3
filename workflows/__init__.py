"""How a graph of steps runs: the stored form, its validation, and the interpreter. No input or output here."""
