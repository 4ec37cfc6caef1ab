"""The text under study: its rows, which of them are on the screen, where keys lead, and the widget."""
