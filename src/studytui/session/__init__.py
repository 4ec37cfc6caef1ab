"""What the commands and the screens work through: an open text, runs of questions. Writes nothing itself."""
