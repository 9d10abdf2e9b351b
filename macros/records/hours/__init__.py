"""When a place is open: entries of records and the calendar of holidays, put together into what holds on a day.

Nothing here is guessed. What is not known for certain is `State.UNKNOWN`, and is never told as open. The browser reads
the same entries by the same rules (``overrides/assets/javascripts/opening/``); both are held by one table of cases.
"""
