"""Teams, practitioners, contacts and young people, how each is reached, and the team file that names them."""
