"""The screen of questions: a quiz over a text, or what is due."""
