"""Articles -> Stories: which articles tell of the same events."""
