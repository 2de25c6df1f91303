"""One module per command: what lies behind the flags."""
