"""Questions: made, with their wrong options, asked in an order, and answers judged."""
