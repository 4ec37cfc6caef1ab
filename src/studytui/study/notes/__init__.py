"""Notes, their cards and reviews: the values that studying is made of."""
