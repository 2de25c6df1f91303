"""Readers of show outputs that several platforms share: routes, versions, interfaces."""
