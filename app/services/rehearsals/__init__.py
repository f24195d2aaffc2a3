"""Rehearsals of automations: test runs, scenarios, replays of what happened. Nothing of them leaves the house."""
