"""Packet sets and filter evaluation, on cases written by hand."""
