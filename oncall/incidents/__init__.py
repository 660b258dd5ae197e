"""What happened: the incident, its timeline, its notes and flags. The record is only ever added to."""
