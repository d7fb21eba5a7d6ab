"""JSON that scripts may rely on: each document has types and a version of its own."""
