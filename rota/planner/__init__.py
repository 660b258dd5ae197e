"""Proposes a rota: who might hold each turn of a span, no rule broken, and as fair and as welcome as can be."""
