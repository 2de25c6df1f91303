"""Readers of show outputs that several platforms share: routes, forwarding tables, versions, interfaces."""
