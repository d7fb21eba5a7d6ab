"""A transcription beside its document: in words for a terminal, as a page for whoever reviews it."""
