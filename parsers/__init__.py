"""Reads what devices print into vendor-neutral models; states facts, holds no opinions."""
