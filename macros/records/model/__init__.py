"""What a record is: fields, groups of fields, kinds, terms, dates; and the models described."""
