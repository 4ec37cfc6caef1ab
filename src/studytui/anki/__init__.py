"""Leaving for Anki, and coming back."""
