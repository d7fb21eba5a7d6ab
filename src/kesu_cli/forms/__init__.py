"""Spreadsheet forms that units fill in: progress to workbook, workbook to progress; bytes in, bytes out."""
