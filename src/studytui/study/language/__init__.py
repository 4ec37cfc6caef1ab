"""What words are and mean, as far as questions and phrases need it."""
