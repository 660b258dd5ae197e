"""A plan for a team's rota: gathered from a file or the database, made, and given as a file that could be loaded."""
