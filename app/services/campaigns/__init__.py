"""Campaigns: one mail to everybody of lists and segments, once."""
