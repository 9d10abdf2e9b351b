"""Records as tables in a workbook, for editors who work with Excel or WPS: written, read back, and compared.

Nothing here knows a kind: sheets and columns follow from the fields of the models
(`macros.editing.excel.workbook_schema`), and what comes back is checked by the same validation as a file.
"""
