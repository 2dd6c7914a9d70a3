"""Who calls, and whether IAM lets the call pass."""
