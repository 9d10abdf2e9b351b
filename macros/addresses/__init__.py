"""No address dies: where old addresses lead, which of them lost what stood there, and how a build compares with the last."""
