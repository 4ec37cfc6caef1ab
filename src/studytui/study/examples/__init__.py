"""A text's own sentences as examples and gap questions."""
