"""Service profiles as data: what the anycast service is, and where its addresses come from."""
