"""HTML -> Article."""
