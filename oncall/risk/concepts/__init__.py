"""Words of any language as concepts that all languages share."""
