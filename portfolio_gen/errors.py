"""The errors that a user may meet, each with words of its own. No traceback reaches a user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class PortfolioError(Exception):
    """Base of every error that the command line turns into a message and an exit code."""


class WalletError(PortfolioError):
    """The wallet folder cannot be read, or holds something that must not be published."""


class SiteError(PortfolioError):
    """The site could not be built, or could not be put in place."""


class ReadError(PortfolioError):
    """A file is not readable as a credential.

    `code` is a code of the check `readable` in vocabulary.json, `format` a format there,
    `detail` what the report's detail holds.
    """

    def __init__(self, code: str, format: str, detail: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{code} ({format})")
        self.code = code
        self.format = format
        self.detail = dict(detail or {})


class ProofError(PortfolioError):
    """A proof, or the key that it names, is refused.

    `code` is a code of the check `signature` in vocabulary.json, `detail` what the report's detail gains.
    """

    def __init__(self, code: str, detail: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = dict(detail or {})


@dataclass(frozen=True)
class ConfigProblem:
    """One thing wrong in a configuration: where, what was found, what was expected, what to do."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class ConfigError(PortfolioError):
    """All that is wrong in a configuration, reported at once."""

    def __init__(self, errors: Sequence[ConfigProblem]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)
