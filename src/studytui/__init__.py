"""Read real Chinese in a terminal, and keep the words."""

__version__ = "0.1.0"
