"""Changes of the rota and their log, as programs and people read them."""
