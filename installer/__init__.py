"""Scripts that set up, start, test, measure and package the program; none of them is part of it."""
