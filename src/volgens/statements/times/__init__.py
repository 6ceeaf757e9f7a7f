"""Words of time -> their values, and when what is promised is due."""
