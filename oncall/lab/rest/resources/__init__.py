"""The resources of the REST API, each with its own requests; what all requests share is a floor up."""
