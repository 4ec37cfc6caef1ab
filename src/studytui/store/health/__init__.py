"""Whether the learner's files are sound, and copies of them."""
