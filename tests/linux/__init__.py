"""Tests of the Linux platform."""
