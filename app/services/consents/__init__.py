"""What contacts agreed to hear about: topics, agreeing and taking it back, confirming, and the page for all that."""
