"""Who may ask: tokens for programs now; sign-in, sessions and roles for people come here."""
