"""Automations: drafting them, switching them on and off, and looking at what they do."""
