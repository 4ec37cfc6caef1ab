"""Readings: which one a word has in its sentence, and how it is written."""
