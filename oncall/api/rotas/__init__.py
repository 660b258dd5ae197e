"""The API of the rota: calendars and what is changed by hand."""
