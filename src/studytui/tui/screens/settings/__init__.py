"""The settings, and the choice of a theme."""
