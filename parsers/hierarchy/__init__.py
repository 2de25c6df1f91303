"""Configurations that are trees of statements: one node for each word, whatever form the text has."""
