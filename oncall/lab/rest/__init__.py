"""The telephone company's REST API, as far as a service needs it: form bodies in, its own JSON and errors out."""
