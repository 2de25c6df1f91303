"""Errors of this folder.

NotCarriedOut (Exception)   commands that cannot be carried out on a text
"""


class NotCarriedOut(Exception):
    """Commands that cannot be carried out on a text; the message is the reason."""
