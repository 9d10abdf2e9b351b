"""A foreign list turned into a table for review: heading found, columns matched, values read, open questions asked.

`adoption` reads the list that `foreign_list` found, by the columns of `column_titles` and the readers of `cell_values`,
`opening_text`, `activity_dates` and `place_names`; `wordbook` is what editors corrected before; `review_table` writes the result. Nothing
becomes a record here: that is done by `kepu excel import`, which takes the table once the questions are answered.
"""
