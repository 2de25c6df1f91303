"""Remedies that are proved: carried out on the text, judged again, and compared packet by packet."""
