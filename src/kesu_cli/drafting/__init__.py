"""From an official document to a draft plan, and a transcription held against its document."""
