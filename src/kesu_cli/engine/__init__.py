"""The corridor: what was loaded, the rules and a date become a report."""
