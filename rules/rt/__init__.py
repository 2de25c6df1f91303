"""Rules about routing: ranges that are thrown away."""
