"""From the official document to a draft plan: structure, unit lists, duties."""
