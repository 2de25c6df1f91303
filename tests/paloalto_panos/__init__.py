"""PAN-OS: what its texts mean, worked out by hand."""
