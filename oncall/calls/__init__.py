"""The line by voice: pages by call to practitioners now; the caller's own line comes here."""
