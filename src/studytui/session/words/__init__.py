"""The learner's words as a list, searched and written anew, and words of the dictionary looked up."""
