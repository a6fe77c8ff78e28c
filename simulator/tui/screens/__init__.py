"""Screens own their workers and pass views to widgets."""
