"""The only writer of the learner's files."""
