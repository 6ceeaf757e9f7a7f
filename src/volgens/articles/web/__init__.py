"""Addresses -> what they answer."""
