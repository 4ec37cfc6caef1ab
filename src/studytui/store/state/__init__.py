"""From the journal's events to what is known and due."""
