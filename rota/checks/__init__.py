"""What may be wrong with a rota: gaps, clashes, people who cannot be reached, rest that is missed, an unequal load."""
