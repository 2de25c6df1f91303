"""From the error message, the traceroute and the capture to the router: what `auditor diagnose` reads."""
