"""Empathy role-play training simulator."""

__version__ = "0.1.0"
