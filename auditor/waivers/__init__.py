"""Waivers: findings that somebody accepted, until a date, with a reason."""
