"""Where paragraphs end: a hidden Markov model over the lines of a text."""
