"""What the service settles by itself, as time goes by or the rota changes otherwise."""
