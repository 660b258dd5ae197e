"""The staff-meeting handover: what came since the last meeting, so that the whole team knows, still open first."""
