"""The learner's words: the list, a note to be edited, deeds on many at once."""
