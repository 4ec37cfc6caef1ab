"""Commands about the learner's files and the program: sync, the schedule's fit, settings, completion."""
