"""The formats a text comes in: what a file is, and the text that is in it."""
