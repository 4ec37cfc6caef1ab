"""The commands: what a shell, a script or a learner without a terminal calls."""
