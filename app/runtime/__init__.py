"""What `make run` starts: embedded servers and the supervisor of every process."""
