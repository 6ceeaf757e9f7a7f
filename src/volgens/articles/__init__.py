"""Bytes -> Article: files, standard input and addresses; plain text and pages."""
