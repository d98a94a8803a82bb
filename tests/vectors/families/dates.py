"""validFrom ≤ now ≤ validUntil, five minutes either way, and what a date is (verification 3)."""

from __future__ import annotations

from typing import Any

from families.kit import JCS, V1, Family, Json, by_hand, plain, signed

EXPIRED: dict[str, Any] = {"dates": "EXPIRED"}
EARLY: dict[str, Any] = {"dates": "NOT_YET_VALID"}


def family() -> Family:
    rows = Family("dates", JCS)
    _edges(rows)
    _both_names(rows)
    _proofs(rows)
    _well_formed(rows)
    _malformed(rows)
    return rows


def _until(value: Any) -> Json:
    return signed(plain(validUntil=value))


def _from(value: Any) -> Json:
    return signed(plain(validFrom=value), created=None)


def _edges(rows: Family) -> None:
    rows.add(
        "expired",
        "expired",
        _until("2026-03-01T00:00:00Z"),
        "The end has passed.",
        detail={"dates": {"until": "2026-03-01T00:00:00Z"}},
        **EXPIRED,
    )
    rows.honest("until-within", "expired", "Before the end.", now="2026-02-28T23:59:59Z")
    rows.honest("until-edge", "expired", "Exactly five minutes after the end.", now="2026-03-01T00:05:00Z")
    rows.add("until-second", "expired", "expired", "One second beyond.", now="2026-03-01T00:05:01Z", **EXPIRED)
    rows.add(
        "until-nanosecond",
        "expired",
        "expired",
        "One nanosecond beyond.",
        now="2026-03-01T00:05:00.000000001Z",
        **EXPIRED,
    )
    rows.honest("until-tenth-digit", "expired", "A tenth digit is cut off.", now="2026-03-01T00:05:00.0000000009Z")
    rows.honest("until-zoned-now", "expired", "`now` may stand in another zone.", now="2026-03-01T05:35:00+05:30")
    rows.add(
        "until-zoned-now-second",
        "expired",
        "expired",
        "The same, one second on.",
        now="2026-02-28T19:05:01-05:00",
        **EXPIRED,
    )
    rows.add(
        "not-yet-valid",
        "not-yet-valid",
        _from("2026-09-01T00:00:00Z"),
        "The start is to come.",
        detail={"dates": {"from": "2026-09-01T00:00:00Z"}},
        **EARLY,
    )
    rows.honest("from-edge", "not-yet-valid", "Exactly five minutes before the start.", now="2026-08-31T23:55:00Z")
    rows.add("from-second", "not-yet-valid", "not-yet-valid", "A second earlier.", now="2026-08-31T23:54:59Z", **EARLY)
    rows.add(
        "from-nanosecond",
        "not-yet-valid",
        "not-yet-valid",
        "A nanosecond earlier.",
        now="2026-08-31T23:54:59.999999999Z",
        **EARLY,
    )
    rows.add(
        "expired-before-start",
        "expired",
        signed(plain(validFrom="2026-09-01T00:00:00Z", validUntil="2026-03-01T00:00:00Z"), created=None),
        "Over before it began, and judged in between: the end is told.",
        **EXPIRED,
    )
    rows.add(
        "until-zone",
        "expired",
        _until("2026-06-02T00:00:00+14:00"),
        "The end's zone counts: 2 June at +14:00 is 10:00 on 1 June in UTC, two hours ago.",
        **EXPIRED,
    )
    rows.honest("from-zone", _from("2026-06-01T23:00:00+13:00"), "The start's zone counts: it began two hours ago.")
    rows.honest(
        "until-midnight",
        _until("2026-05-31T24:00:00Z"),
        "24:00:00 is the next day's midnight.",
        now="2026-06-01T00:05:00Z",
    )
    rows.add(
        "until-midnight-second",
        "expired",
        "until-midnight",
        "24:00:00, five minutes and a second on.",
        now="2026-06-01T00:05:01Z",
        **EXPIRED,
    )
    rows.honest("until-fraction", _until("2026-06-01T00:00:00.5Z"), "A fraction counts.", now="2026-06-01T00:05:00.5Z")
    rows.honest(
        "until-fraction-within",
        "until-fraction",
        "A fraction of .45 is less than one of .5.",
        now="2026-06-01T00:05:00.45Z",
    )
    rows.add(
        "until-fraction-beyond",
        "expired",
        "until-fraction",
        "A fraction of .5 is half a second, not five nanoseconds.",
        now="2026-06-01T00:05:00.500000001Z",
        **EXPIRED,
    )
    rows.honest(
        "leap-day-after",
        _until("2028-02-28T23:59:59Z"),
        "Between 28 February and 1 March 2028 lies a day.",
        now="2028-02-29T00:04:59Z",
    )
    rows.add(
        "leap-day-end",
        "expired",
        "leap-day-after",
        "29 February 2028 exists and is after the end.",
        now="2028-02-29T12:00:00Z",
        **EXPIRED,
    )


def _both_names(rows: Family) -> None:
    past, future = "2026-02-01T00:00:00Z", "2026-12-01T00:00:00Z"
    v1: Json = {"@context": [V1]}
    for id, verdict, members, code, reason in (
        (
            "v2-issuance-future",
            "not-yet-valid",
            {"issuanceDate": future},
            "NOT_YET_VALID",
            "issuanceDate counts beside validFrom: the later start.",
        ),
        (
            "v2-expiration-past",
            "expired",
            {"validUntil": future, "expirationDate": past},
            "EXPIRED",
            "expirationDate counts beside validUntil: the earlier end.",
        ),
        (
            "v2-expiration-alone",
            "expired",
            {"expirationDate": past},
            "EXPIRED",
            "expirationDate counts in a credential of the data model 2.0.",
        ),
        (
            "v2-until-past",
            "expired",
            {"validUntil": past, "expirationDate": future},
            "EXPIRED",
            "A later expirationDate does not prolong validUntil.",
        ),
        (
            "v2-issuance-past",
            "not-yet-valid",
            {"validFrom": future, "issuanceDate": past},
            "NOT_YET_VALID",
            "An earlier issuanceDate does not bring validFrom forward.",
        ),
        (
            "v1-from-future",
            "not-yet-valid",
            v1 | {"issuanceDate": past, "validFrom": future},
            "NOT_YET_VALID",
            "validFrom counts beside issuanceDate in 1.1.",
        ),
        (
            "v1-until-past",
            "expired",
            v1 | {"issuanceDate": past, "validFrom": ..., "validUntil": past},
            "EXPIRED",
            "validUntil counts in 1.1.",
        ),
    ):
        format = "vc1-json" if "@context" in members else "vc2-json"
        rows.add(id, verdict, signed(plain(**members)), reason, dates=code, format=format)
    rows.honest(
        "all-four",
        signed(plain(issuanceDate=past, expirationDate=future, validUntil="2026-11-01T00:00:00Z")),
        "All four names, and now within all of them.",
    )
    rows.honest(
        "null-dates",
        signed(plain(validFrom=None, validUntil=None, expirationDate=None), created=None),
        "A null date is absent.",
        dates="NO_DATES",
    )


def _proofs(rows: Family) -> None:
    rows.add(
        "proof-expired",
        "expired",
        signed(plain(), options={"expires": "2026-02-01T00:00:00Z"}),
        "The proof's own end counts.",
        detail={"dates": {"until": "2026-02-01T00:00:00Z"}},
        **EXPIRED,
    )
    rows.add(
        "proof-in-future",
        "not-yet-valid",
        signed(plain(), created="2026-12-01T00:00:00Z"),
        "A proof dated in the future.",
        detail={"dates": {"from": "2026-12-01T00:00:00Z"}},
        **EARLY,
    )
    rows.add(
        "proof-created-malformed",
        "failed",
        signed(plain(), created="2026-01-02"),
        "A proof's date without a time.",
        dates="MALFORMED",
        detail={"dates": {"pointers": ["/proof/created"]}},
    )
    document = plain(validUntil="soon")
    both = [signed(document, created="never")["proof"], signed(document, options={"expires": ""})["proof"]]
    rows.add(
        "all-malformed",
        "failed",
        document | {"proof": both},
        "Every date that is none is told at once, sorted.",
        dates="MALFORMED",
        detail={"dates": {"pointers": ["/proof/0/created", "/proof/1/expires", "/validUntil"]}},
    )
    rows.honest(
        "only-proof-dates",
        signed(plain(validFrom=...), options={"expires": "2027-01-01T00:00:00Z"}),
        "The proof's dates are dates, also where the document has none.",
    )
    rows.honest(
        "proof-null-dates",
        by_hand(plain(), created=None, expires=None),
        "Null dates of a proof are absent.",
    )


def _well_formed(rows: Family) -> None:
    for id, value, reason in (
        ("until-10000", "10000-01-01T00:00:00Z", "The year 10000: Python's datetime stops at 9999."),
        ("until-nine-digits", "999999999-12-31T24:00:00Z", "A year of nine digits."),
        ("until-leap-2400", "2400-02-29T00:00:00Z", "2400 is a leap year."),
        ("until-14-00", "2027-01-01T00:00:00-14:00", "The widest zone."),
        ("until-minus-zero", "2027-01-01T00:00:00-00:00", "The zone -00:00."),
        ("until-long-fraction", "2027-01-01T00:00:00.1234567890123456789Z", "A fraction of nineteen digits."),
        ("until-midnight-zeros", "2027-01-01T24:00:00.000Z", "24:00:00 with a fraction of zero."),
    ):
        rows.honest(id, _until(value), reason)
    for id, value, reason in (
        ("from-year-0", "0000-02-29T00:00:00Z", "The year 0000 exists in XSD 1.1, and is a leap year."),
        ("from-before-0", "-0004-02-29T00:00:00Z", "A year before 0000, proleptic Gregorian."),
        ("from-long-before", "-12000-01-01T00:00:00Z", "A negative year of five digits."),
        ("from-leap-second", "2016-12-31T23:59:60Z", "A leap second, which RFC 3339 has and XSD has not."),
        ("from-leap-second-zone", "1990-12-31T15:59:60-08:00", "A leap second is one all over the world."),
        ("from-2000", "2000-02-29T00:00:00Z", "2000 is a leap year."),
    ):
        rows.honest(id, _from(value), reason)
    rows.add("until-year-0", "expired", _until("0000-01-01T00:00:00Z"), "The year 0000 is past.", **EXPIRED)
    rows.add(
        "until-before-0", "expired", _until("-10000-01-01T00:00:00Z"), "A negative year is not a far future.", **EXPIRED
    )
    rows.add(
        "from-10000",
        "not-yet-valid",
        _from("10000-01-01T00:00:00Z"),
        "Text that sorts before 2026 and is after it.",
        **EARLY,
    )


def _malformed(rows: Family) -> None:
    for id, value, reason in (
        ("no-zone", "2027-01-01T00:00:00", "No zone: a dateTime, not a dateTimeStamp."),
        ("date-only", "2027-01-01", "A date without a time."),
        ("february-30", "2030-02-30T00:00:00Z", "30 February."),
        ("february-29", "2027-02-29T00:00:00Z", "29 February in a common year."),
        ("february-29-1900", "1900-02-29T00:00:00Z", "29 February 1900: a century's common year."),
        ("april-31", "2027-04-31T00:00:00Z", "31 April."),
        ("month-13", "2027-13-01T00:00:00Z", "A thirteenth month."),
        ("month-0", "2027-00-01T00:00:00Z", "Month zero."),
        ("day-0", "2027-01-00T00:00:00Z", "Day zero."),
        ("hour-25", "2027-01-01T25:00:00Z", "Hour 25."),
        ("hour-24-second", "2027-01-01T24:00:01Z", "One second after 24:00:00."),
        ("hour-24-minute", "2027-01-01T24:01:00Z", "One minute after 24:00."),
        ("hour-24-fraction", "2027-01-01T24:00:00.1Z", "24:00:00 and a fraction."),
        ("minute-60", "2027-01-01T00:60:00Z", "Minute 60."),
        ("second-60", "2027-01-01T23:59:60Z", "A second 60 on a day that has none."),
        ("second-60-zone", "2016-12-31T23:59:60+01:00", "A second 60 that does not end at midnight UTC."),
        ("zone-14-01", "2027-01-01T00:00:00+14:01", "A zone beyond 14 hours."),
        ("zone-15", "2027-01-01T00:00:00+15:00", "A zone of 15 hours."),
        ("zone-minute-60", "2027-01-01T00:00:00+13:60", "A zone of 60 minutes."),
        ("zone-no-colon", "2027-01-01T00:00:00+0100", "A zone without a colon, which ISO 8601 allows."),
        ("lower-case", "2027-01-01t00:00:00z", "Lower-case letters, which RFC 3339 allows."),
        ("space", "2027-01-01 00:00:00Z", "A space for the T."),
        ("no-seconds", "2027-01-01T00:00Z", "No seconds."),
        ("one-digit", "2027-1-1T00:00:00Z", "A month of one digit."),
        ("empty-fraction", "2027-01-01T00:00:00.Z", "A point without digits."),
        ("comma-fraction", "2027-01-01T00:00:00,5Z", "A comma for the point."),
        ("year-3-digits", "999-01-01T00:00:00Z", "A year of three digits."),
        ("year-leading-zero", "02027-01-01T00:00:00Z", "A leading zero before four digits."),
        ("year-plus", "+2027-01-01T00:00:00Z", "A plus sign before the year."),
        ("year-10-digits", "1000000000-01-01T00:00:00Z", "A year of ten digits."),
        (
            "date-newline",
            "2027-01-01T00:00:00Z\n",
            "A newline at the end of a date, which `$` in a pattern lets through.",
        ),
        ("date-space", " 2027-01-01T00:00:00Z", "A space before the date."),
        ("date-unicode-digits", "２０２７-01-01T00:00:00Z", "Full-width digits, which `\\d` takes in Python."),
        ("date-arabic-digits", "2027-01-01T00:00:0٠Z", "An Arabic-Indic digit."),
        ("date-empty", "", "An empty text."),
        ("date-word", "never", "A word."),
        ("date-number", 1798761600, "A number of seconds."),
        ("date-false", False, "false is not absent."),
        ("date-list", ["2027-01-01T00:00:00Z"], "A list of one date."),
        ("date-empty-list", [], "An empty list of dates is not absent."),
        ("date-object", {"@value": "2027-01-01T00:00:00Z"}, "A date in a value object."),
    ):
        rows.add(
            id,
            "failed",
            _until(value),
            reason,
            dates="MALFORMED",
            detail={"dates": {"pointers": ["/validUntil"]}},
        )
    rows.add(
        "malformed-and-expired",
        "failed",
        signed(plain(validUntil="2026-02-30T00:00:00Z", expirationDate="2026-02-01T00:00:00Z")),
        "A date that does not exist outweighs one that has passed.",
        dates="MALFORMED",
    )
    rows.add(
        "malformed-unsigned",
        "failed",
        plain(validUntil="2020-01-01") | {"proof": signed(plain())["proof"]},
        "What an unproven file says of its dates is no fact.",
        signature="SIGNATURE_INVALID",
    )
