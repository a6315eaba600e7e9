"""Where the engine keeps things: in memory for tests and scenarios, in SQLite or PostgreSQL for everything else."""
