"""Rules about packet filters: blocked ranges and ports."""
