"""What the services reach the world through: bulk SQL, Redis, mail, HTTP, the clock."""
