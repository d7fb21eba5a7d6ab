"""YAML as text: read strictly, located, explained, and changed in place; knows no plan and no report."""
