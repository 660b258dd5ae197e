"""The telephone company's own hosting: Functions that answer while a service is down, and the variables they read."""
