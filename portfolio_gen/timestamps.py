"""XSD dateTimeStamps as instants (XML Schema 1.1 part 2, 3.4.28): exact, for every year that may be written.

Beyond XSD, a leap second (RFC 3339, 5.7) is the midnight that it ends at.
"""

from __future__ import annotations

import re

SECOND = 10**9
"""Nanoseconds in a second: instants are integers, nanoseconds since 1970-01-01T00:00:00Z."""

_STAMP = re.compile(
    r"(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})"
    r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def instant(text: str) -> int:
    """Return the instant that `text` names, in nanoseconds, digits beyond them cut off.

    Raises ValueError for what is no dateTimeStamp, or names a day that does not exist.
    """
    match = _STAMP.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date and time with a zone, such as 2026-03-14T09:00:00Z")
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    fraction = int((match[7] or "")[:9].ljust(9, "0"))
    if not (_is_day(year, month, day) and _is_time(hour, minute, second, (match[7] or "").strip("0"))):
        raise ValueError(f"{text!r} names a day or time that does not exist")
    seconds = ((_days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - _offset(match)
    if second == 60 and not _ends_half_year(year, seconds):
        raise ValueError(f"{text!r} names a second that does not exist")
    return seconds * SECOND + fraction


def _offset(match: re.Match[str]) -> int:
    """Return the zone's distance from UTC in seconds."""
    if not match[8]:
        return 0
    hours, minutes = int(match[9]), int(match[10])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise ValueError(f"{match[0]!r} names a zone that does not exist")
    return (hours * 60 + minutes) * (-60 if match[8] == "-" else 60)


def _is_day(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1] + leap


def _is_time(hour: int, minute: int, second: int, fraction: str) -> bool:
    if hour == 24:
        return minute == second == 0 and not fraction
    return hour < 24 and minute < 60 and second <= 60


def _ends_half_year(year: int, seconds: int) -> bool:
    """Return whether an instant is midnight of 1 January or of 1 July, UTC: before these stand leap seconds."""
    return seconds in (86_400 * _days(*day, 1) for day in ((year, 1), (year, 7), (year + 1, 1)))


def _days(year: int, month: int, day: int) -> int:
    """Return the days since 1970-01-01 in the proleptic Gregorian calendar; years begin in March here."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1 - 719468
