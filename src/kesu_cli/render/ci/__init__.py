"""What a build server or a forge reads: annotations, test results, code scanning, comments."""
