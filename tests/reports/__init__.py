"""Tests of what devices report about path choice."""
