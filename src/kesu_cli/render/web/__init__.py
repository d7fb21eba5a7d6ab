"""Pages: the report for a leader, and a verification, each complete in one file without a network."""
