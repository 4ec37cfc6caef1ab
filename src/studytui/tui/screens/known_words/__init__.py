"""Dialogs on which words the learner knows: a level, a placement, many marks at once."""
