"""What files hold that are published as they lie: type by content, drawings, and what a picture says of who and where."""
