"""The verbs. Each owns its transaction."""
