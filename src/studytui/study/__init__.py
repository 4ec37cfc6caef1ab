"""Notes, cards, questions and schedules. No screen, no files."""
