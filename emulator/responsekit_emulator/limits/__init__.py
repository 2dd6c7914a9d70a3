"""What stands between a call and its effect in AWS besides rights: the way, request limits, and chance."""
