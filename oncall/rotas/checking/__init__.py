"""What is checked of a rota, gathered from a team's file or from the database, and said to people and programs."""
