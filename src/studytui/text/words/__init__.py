"""A paragraph cut into words: the segmenter, names, numerals, and the learner's own cuts."""
