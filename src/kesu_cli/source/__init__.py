"""The only readers of disk: layout, encodings, YAML with places, shapes and evidence."""
