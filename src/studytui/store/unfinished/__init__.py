"""What was broken off and can be gone on with, kept beside the journal."""
