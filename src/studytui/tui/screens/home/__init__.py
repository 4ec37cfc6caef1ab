"""Where a session begins: today, the library, and what is added to it."""
