"""What a learner is asked and shown once, at the first start."""
