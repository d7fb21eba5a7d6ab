"""What a person reads at a terminal, in a pipe or in a text file."""
