"""The lexicon: CC-CEDICT with levels and frequencies, how the build makes it, and what is looked up in it."""
