"""The account at the telephone network, apart from its calls and texts."""
