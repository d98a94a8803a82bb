"""Where the public lists of issuers are, and how much of them is taken."""

from __future__ import annotations

INDEX = "https://digitalcredentials.github.io/dcc-known-registries/known-did-registries.json"
"""The Digital Credentials Consortium's list of registries: `[{name, type, url | trustAnchorEC}]`."""

TYPES = {"dcc-legacy": ("registry", "url"), "oidf": ("federation", "trustAnchorEC")}
"""Of a registry in that list: the kind of list that it is here, and the member that has its address."""

MOST_REGISTRIES = 50
"""Registries that are asked; the Consortium's index had six."""

MOST_STATEMENTS = 200
"""Statements that are asked of one registry: one for each issuer of the wallet that it lists."""
