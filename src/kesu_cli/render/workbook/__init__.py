"""The ledger as a workbook: one sheet of tasks, one of findings, one of units, and one a unit."""
