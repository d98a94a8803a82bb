"""Archives of files (verification 0.6): each file on its own, and no two readings of one archive."""

from __future__ import annotations

from typing import Any

from families.kit import Family, by_hand, edited, plain, signed, text
from families.packing import File, archive, deflate, itxt, png, spaces

LIMIT, MOST = 16 * 1024 * 1024, 200
Inner = tuple[tuple[str, str, str], ...]


def family() -> Family:
    rows = Family("archives")
    good = text(signed(plain()))
    _honest(rows, good)
    _inside(rows, good)
    _two_readings(rows, good)
    _damaged(rows, good)
    _unusual(rows, good)
    _too_much(rows, good)
    return rows


def _opened(rows: Family, id: str, content: bytes, reason: str, inner: Inner, honest: bool = True, **more: Any) -> None:
    rows.add(
        f"zip-{id}",
        "cannot-check",
        content,
        reason,
        honest=honest,
        format="archive",
        ending="zip",
        signature="CONTAINER",
        inner=inner,
        **more,
    )


def _refused(rows: Family, id: str, content: bytes, reason: str, code: str = "MALFORMED_FILE") -> None:
    verdict = "failed" if code == "MALFORMED_FILE" else "cannot-check"
    rows.add(f"zip-{id}", verdict, content, reason, format="archive", ending="zip", readable=code)


FINE: Inner = (("/bees.json", "vc2-json", "verified"),)


def _honest(rows: Family, good: bytes) -> None:
    bees = File(b"bees.json", good)
    _opened(rows, "stored", archive([bees]), "One file in an archive, stored as it is.", FINE)
    _opened(rows, "deflated", archive([File(b"bees.json", good, 8)]), "One file in an archive, deflated.", FINE)
    both: Inner = (("/b~1hives.json", "vc2-json", "verified"), ("/a~0~1bees.json", "vc2-json", "verified"))
    hives = File(b"b/hives.json", text(signed(plain(name="Hives"))))
    _opened(
        rows,
        "two",
        archive([hives, File(b"a~/bees.json", good)]),
        "Each file has its own verdict, in the directory's order; a pointer escapes ~ and /.",
        both,
    )
    later = File(b"bees.json", good, flags=0x808, local=(0, 0, 0), later=b"PK\7\x08" + bytes(12))
    _opened(rows, "streamed", archive([later]), "A writer that says the sizes behind the data.", FINE)
    _opened(
        rows,
        "passed-over",
        archive([File(b"a/", b""), bees, File(b"__MACOSX/._bees.json", b"x"), File(b"a/.DS_Store", b"x")]),
        "Folders, hidden files and what macOS leaves beside files are passed over.",
        FINE,
        detail={"readable": {"passedOver": 2}},
    )
    _opened(rows, "comment", archive([bees], comment=b"exported"), "An archive may carry a comment.", FINE)
    _opened(
        rows,
        "old-name",
        archive([File(b"h\x84nde.json", good, flags=0)]),
        "A name that is no UTF-8 is read byte by byte; it is a label only.",
        (("/h\x84nde.json", "vc2-json", "verified"),),
    )
    _opened(
        rows,
        "picture",
        archive([File(b"bees.png", png(itxt(good)))]),
        "A picture in an archive is opened as one beside it would be.",
        (("/bees.png", "png", "verified"),),
    )
    _opened(rows, "folders-only", archive([File(b"a/", b"")]), "An archive without a file.", ())


def _inside(rows: Family, good: bytes) -> None:
    forged = text(edited(signed(plain()), lambda document: document.update(name="Beekeeping for masters")))
    _opened(
        rows,
        "one-forged",
        archive([File(b"bees.json", good), File(b"forged.json", forged), File(b"readme.txt", b"hello")]),
        "A forged file beside a good one fails by itself.",
        (*FINE, ("/forged.json", "vc2-json", "failed"), ("/readme.txt", "unknown", "cannot-check")),
        honest=False,
    )
    _opened(
        rows,
        "wrong-key",
        archive([File(b"bees.json", text(by_hand(plain(), key="other")))]),
        "A file in an archive that somebody else signed.",
        (("/bees.json", "vc2-json", "failed"),),
        honest=False,
    )
    _opened(
        rows,
        "expired-inside",
        archive([File(b"bees.json", text(signed(plain(validUntil="2026-05-01T00:00:00Z"))))]),
        "A file in an archive that has expired.",
        (("/bees.json", "vc2-json", "expired"),),
        honest=False,
    )
    _opened(
        rows,
        "in-zip",
        archive([File(b"inner.zip", archive([File(b"bees.json", good)]))]),
        "An archive in an archive is not unpacked: each level could be a thousand times the last.",
        (("/inner.zip", "archive", "cannot-check"),),
        honest=False,
    )


def _two_readings(rows: Family, good: bytes) -> None:
    bees, other = File(b"bees.json", good), text(plain(name="Beekeeping for masters"))
    _refused(rows, "name-twice", archive([bees, File(b"bees.json", other)]), "Two files of one name.", "AMBIGUOUS")
    inner = archive([File(b"bees.json", other)])
    end = inner[inner.rindex(b"PK\5\6") :]
    _refused(
        rows,
        "two-ends",
        archive([bees], comment=end),
        "A comment that is itself the end of an archive.",
        "AMBIGUOUS",
    )
    _refused(
        rows,
        "other-name-before",
        archive([File(b"bees.json", good, local_name=b"hive.json")]),
        "The name before the data is another than the directory's.",
    )
    _refused(
        rows,
        "other-size-before",
        archive([File(b"bees.json", good, local=(0, len(good), len(good)))]),
        "The check sum before the data is another than the directory's.",
    )
    _refused(
        rows,
        "overlap",
        archive([bees, File(b"bees.json", good, start=0)]),
        "Two entries that share their data.",
    )
    _refused(rows, "gap", archive([bees], gap=b"PK\5\6"), "Something between the directory and the end.")
    _refused(rows, "short-count", archive([bees, File(b"x", b"")], count=1), "A directory longer than its count.")


def _damaged(rows: Family, good: bytes) -> None:
    bees = File(b"bees.json", good)
    whole = archive([bees])
    _refused(rows, "cut", whole[:-30], "An archive that is cut off.")
    _refused(rows, "crc", archive([File(b"bees.json", good, crc=1)]), "A file whose check sum is another's.")
    _refused(rows, "changed", whole.replace(b"beginners", b"beekeeper", 1), "A file that was changed in its archive.")
    _refused(rows, "long-count", archive([bees], count=2), "A directory that counts more than it holds.")
    _refused(
        rows,
        "bad-deflate",
        archive([File(b"bees.json", good, 8, packed=b"\x07" + deflate(good))]),
        "A file that does not inflate.",
    )
    _refused(
        rows,
        "short-deflate",
        archive([File(b"bees.json", good, 8, packed=deflate(good[:-1]))]),
        "A file that inflates to less than the directory says.",
    )


def _unusual(rows: Family, good: bytes) -> None:
    for id, file, reason in (
        ("encrypted", File(b"bees.json", good, flags=0x801), "An encrypted file."),
        ("method", File(b"bees.json", good, 12), "A way of packing that is not DEFLATE."),
        ("traversal", File(b"../bees.json", good), "A name that leaves the folder."),
        ("absolute", File(b"/bees.json", good), "A name that starts at the root."),
        ("backslash", File(b"a\\..\\bees.json", good), "A name with backslashes, which are folders to some."),
        ("control", File(b"bees\n.json", good), "A name with a line feed."),
    ):
        _refused(rows, id, archive([file]), reason, "NOT_PLAIN")
    _refused(rows, "split", archive([File(b"bees.json", good)], disk=1), "A part of a split archive.", "NOT_PLAIN")
    _refused(rows, "zip64", archive([File(b"bees.json", good)], count=0xFFFF), "An archive in ZIP64.", "NOT_PLAIN")


def _too_much(rows: Family, good: bytes) -> None:
    times = LIMIT // 258
    packed = spaces(times + 1)
    claims = File(b"bomb.json", b"", 8, size=1 + 258 * (times + 1), packed=packed)
    _refused(rows, "bomb", archive([claims]), "A file that unpacks to more than all may together.", "TOO_LARGE")
    lies = File(b"bomb.json", b"", 8, size=100, packed=spaces(1_000))
    _refused(rows, "lying-bomb", archive([lies]), "A file that unpacks to more than it says.", "TOO_LARGE")
    many = [File(b"%d" % number, b"") for number in range(MOST + 1)]
    _refused(rows, "201-files", archive(many), "One file more than an archive may hold.", "TOO_MANY_INNER")
    inner = tuple((f"/{number}", "unknown", "cannot-check") for number in range(MOST))
    _opened(rows, "200-files", archive(many[:-1]), "As many files as an archive may hold.", inner)
