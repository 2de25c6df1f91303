"""What VyOS and EdgeOS share: verdicts worked out by hand from the systems' own rule generators."""
