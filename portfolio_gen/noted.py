"""What is known of the network, as far as somebody asks for it: notes which addresses did, and which in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Answers = Mapping[str, Mapping[str, Any]]


class Noted(Answers):
    """The same answers as `known`; `used` are the addresses that were answered, `missed` those that were not."""

    def __init__(self, known: Answers) -> None:
        self._known = known
        self.used: dict[str, None] = {}
        self.missed: dict[str, None] = {}

    def __getitem__(self, address: str) -> Mapping[str, Any]:
        found = self._known.get(address)
        (self.missed if found is None else self.used)[address] = None
        if found is None:
            raise KeyError(address)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def forget(self) -> None:
        """Begin to note anew."""
        self.used, self.missed = {}, {}
