"""Hosted forms: made here, shown on a page of their own or in a frame of another site, submitted by anybody."""
