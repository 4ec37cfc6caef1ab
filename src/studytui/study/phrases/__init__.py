"""The phrases of a text that are worth learning."""
