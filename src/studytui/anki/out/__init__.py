"""Leaving for Anki, a spreadsheet or paper. The only importer of genanki."""
