"""Changes of the rota, told by text to those they concern."""
