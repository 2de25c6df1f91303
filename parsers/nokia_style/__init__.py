"""What the two Nokia systems share: how a filter entry matches, and how a statement tree becomes a device."""
