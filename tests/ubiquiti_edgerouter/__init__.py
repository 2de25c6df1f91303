"""EdgeOS: verdicts and models worked out by hand."""
