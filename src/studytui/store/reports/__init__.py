"""Figures out of the state and the journals."""
