"""The options of a question: what is like its answer, and is wrong."""
