"""What open network systems of switches share: ranges of ports, and filters on ports below routed interfaces."""
