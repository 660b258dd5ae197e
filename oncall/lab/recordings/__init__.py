"""Messages people leave after a beep: kept, told of, fetched and deleted."""
