"""Story -> Derivations: which article took what from which."""
