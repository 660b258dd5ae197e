"""The pure rota: tables of cases, and properties held against an oracle that knows nothing of the code."""
