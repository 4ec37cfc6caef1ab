"""Coming back from Anki, and from word lists."""
