"""FRR, which several systems route with: its configuration and its tables."""
