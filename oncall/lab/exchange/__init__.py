"""What the telephone company remembers and when it acts: records, events in order of time, personas and errors."""
