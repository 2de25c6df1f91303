"""Tests of the readers of show outputs."""
