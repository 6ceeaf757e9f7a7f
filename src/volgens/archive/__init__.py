"""The store: articles with their versions, what was read of them, and how far adding and watching have come."""
