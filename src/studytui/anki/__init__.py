"""Leaving for Anki, and coming back. The only importer of genanki."""
