"""Official documents on disk (text, Markdown, Word, web page) to blocks: paragraphs and tables."""
