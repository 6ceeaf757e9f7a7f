"""Where the stages run. A stage knows nothing of this."""
