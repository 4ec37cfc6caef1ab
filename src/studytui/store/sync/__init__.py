"""Journals and texts exchanged with the learner's other machines."""
