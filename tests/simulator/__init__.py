"""Issuers that do what they should not: servers on loopback, and a table of what each of them comes to."""
