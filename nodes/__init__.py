"""What a step of an automation does. Knows nothing of graphs, storage or the network."""
