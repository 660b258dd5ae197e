"""What a text may mean: flags suggested from its words, each with its reason; software suggests, a person decides."""
