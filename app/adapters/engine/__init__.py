"""What the engine needs of the database: claiming a batch, loading its world, storing what came of it."""
