"""Chinese text: from a file's bytes to annotated tokens. No screen, no learner's state."""
