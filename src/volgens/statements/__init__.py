"""Spans -> Statements: what the reader found, put together into verified statements."""
