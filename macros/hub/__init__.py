"""A city over its districts: the finished sites of districts are read and become one site that leads to them."""
