"""The database: one synchronous layer over SQLite and PostgreSQL, and all that differs between the two.

Transactions are opened here and nowhere else; sealed fields are sealed and opened here and nowhere else.
"""
