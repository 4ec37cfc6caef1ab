"""Serving studytui to others: on a shared machine through SSH, and in a browser."""
