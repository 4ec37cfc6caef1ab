"""Commands about the texts one has, and what is worth reading next."""
