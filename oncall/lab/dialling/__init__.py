"""Numbers a document rings: beside each other or in turn, asked before they are joined, one of them joined at most."""
