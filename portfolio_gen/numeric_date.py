"""NumericDates, as JWTs have them (RFC 7519, 2), as dateTimeStamps: a report names dates as texts."""

from __future__ import annotations

import math


def stamp(seconds: float) -> str:
    """Return the dateTimeStamp of a NumericDate (RFC 7519, 2), in UTC, fractions of a second cut off downwards.

    `seconds` since 1970 is at most 2**53 - 1 in size, as strict_json reads it: a year of at most nine digits.
    """
    days, rest = divmod(math.floor(seconds), 86_400)
    year, month, day = _date(days)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}Z"


def _date(days: int) -> tuple[int, int, int]:
    """Return year, month and day that are so many days from 1970-01-01: the inverse of `timestamps`."""
    era, day = divmod(days + 719468, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day += 1 - (153 * month + 2) // 5
    return 400 * era + year + (month >= 10), month - 9 if month >= 10 else month + 3, day
