"""Readers of routing and forwarding tables that firewalls, switches and routers beside Cisco's print."""
