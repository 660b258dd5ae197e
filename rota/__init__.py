"""Who is on call: pure values in, pure values out, standard library only."""
