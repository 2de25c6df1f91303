"""Which devices exist, and where their texts are."""
