"""CloudTrail records of the calls in the journal."""
