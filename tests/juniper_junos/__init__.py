"""Junos: verdicts and models worked out by hand from Juniper's semantics."""
