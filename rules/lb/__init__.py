"""Rules about load balancing: what splits or moves a session."""
