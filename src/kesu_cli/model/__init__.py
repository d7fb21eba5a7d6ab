"""What the plan and the progress mean: frozen types, no files, no YAML."""
