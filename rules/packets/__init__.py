"""Exact sets of packets, and which of them a filter permits, denies or leaves undecided."""
