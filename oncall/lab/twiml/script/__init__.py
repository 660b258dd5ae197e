"""What a document says: read strictly into verbs, and each verb into what it asks for. No time passes here."""
