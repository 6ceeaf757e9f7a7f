"""Pure read models: what is shown of articles and their statements."""
