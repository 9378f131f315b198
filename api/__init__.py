"""Mingda to the outside: pages, JSON and command line."""
