"""What an office opens in WPS or Word: documents (GB/T 9704-2012), workbooks, a calendar."""
