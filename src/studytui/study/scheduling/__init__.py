"""When a card is due: FSRS, study days, and the day's queue."""
