"""XSD dateTimeStamps: what exists, what does not, and how instants compare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portfolio_gen.timestamps import SECOND, instant


@pytest.mark.parametrize(
    "text",
    [
        "2030-02-30T00:00:00Z",
        "2029-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2030-13-01T00:00:00Z",
        "2030-00-01T00:00:00Z",
        "2030-01-00T00:00:00Z",
        "2030-01-01T00:00:00",
        "2030-01-01",
        "2030-01-01 00:00:00Z",
        "2030-01-01t00:00:00z",
        "2030-01-01T24:00:01Z",
        "2030-01-01T24:00:00.1Z",
        "2030-01-01T25:00:00Z",
        "2030-01-01T00:60:00Z",
        "2030-01-01T23:59:60Z",
        "2030-01-01T00:00:00.Z",
        "2030-01-01T00:00:00+14:01",
        "2030-01-01T00:00:00+00:60",
        "2030-01-01T00:00:00+1:00",
        "02030-01-01T00:00:00Z",
        "+2030-01-01T00:00:00Z",
        "030-01-01T00:00:00Z",
        "1000000000-01-01T00:00:00Z",
        "2030-01-01T00:00:00Z\n",
        " 2030-01-01T00:00:00Z",
        "٢٠٣٠-01-01T00:00:00Z",
        "",
    ],
)
def test_is_no_date_time_stamp(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        instant(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2029-12-31T24:00:00Z", "2030-01-01T00:00:00Z"),
        ("2029-12-31T24:00:00.000Z", "2030-01-01T00:00:00Z"),
        ("2030-01-01T14:00:00+14:00", "2030-01-01T00:00:00Z"),
        ("2029-12-31T10:00:00-14:00", "2030-01-01T00:00:00Z"),
        ("2030-01-01T00:00:00.1234567891Z", "2030-01-01T00:00:00.1234567899Z"),
        ("2030-01-01T00:00:00.100Z", "2030-01-01T00:00:00.1Z"),
        ("-0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
    ],
)
def test_same_instant(one: str, other: str) -> None:
    assert instant(one) == instant(other)


def test_agrees_with_the_standard_library_where_that_reaches() -> None:
    day = datetime(1, 1, 1, tzinfo=UTC)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    while day.year < 9990:
        expected = (day - epoch) // timedelta(seconds=1) * SECOND
        assert instant(day.strftime(f"{day.year:04}-%m-%dT%H:%M:%SZ")) == expected
        day += timedelta(days=373, seconds=86_399)


def test_years_beyond_the_standard_library_are_in_order() -> None:
    years = ["-999999999", "-0001", "0000", "0001", "1970", "9999", "10000", "999999999"]
    found = [instant(f"{year}-02-28T00:00:00Z") for year in years]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert instant("0000-03-01T00:00:00Z") - instant("0000-02-28T00:00:00Z") == 2 * 86_400 * SECOND
