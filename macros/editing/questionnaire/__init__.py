"""Questionnaires that go to the places themselves, and the way back of what they answer.

Which fields are asked, in which order and in which words, stands in `wording.yml` alone; what may be answered follows from
the models. `items` makes the questions of one record, `workbook` the sheet that is sent, `responses` reads what came back,
`taking_over` makes changes of records of it.
"""
