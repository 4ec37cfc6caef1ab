"""From the lines of a file to the paragraphs that its writer meant."""
