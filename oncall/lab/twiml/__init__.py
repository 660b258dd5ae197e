"""What a service tells a call to do: documents read strictly, their verbs performed in turn, in simulated time."""
