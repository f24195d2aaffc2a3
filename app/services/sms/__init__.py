"""Text messages: who takes them on, what is sent, and what comes back."""
