"""The journal: events, their lines, and who writes them."""
