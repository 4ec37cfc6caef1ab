"""Sessions without a screen: questions go out in lines, answers come in as lines."""
