"""Workbooks and CSV files, written and read: cells and sheets, knowing nothing of records."""
