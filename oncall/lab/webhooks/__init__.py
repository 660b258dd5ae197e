"""How the telephone company calls a service back: signed, retried, redirected, with mischief on request."""
