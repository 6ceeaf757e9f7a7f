"""Statements -> who speaks in them."""
