"""The search for a plan, by OR-Tools' CP-SAT; nothing else here knows of it."""
