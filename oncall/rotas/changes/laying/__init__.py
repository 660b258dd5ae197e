"""How a change comes to lie over the rota, and what it would break."""
