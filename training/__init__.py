"""How the weights of the risk suggester are made and measured; the service itself needs none of this."""
