"""What the program says to a terminal, and what comes back: cells, keys, answers, signals."""
