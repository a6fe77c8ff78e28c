"""Widgets that draw a frozen view and nothing else."""
