"""The parts of the HTML page: what each section shows, its template, style and script."""
