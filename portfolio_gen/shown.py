"""The check `shown`, as `browser/src/shown.ts` makes it: does a page say what the signed document says?

Pure; `reading` reads the page for it. It knows no styles: what they hide, only a browser can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portfolio_gen.format import collapsed, href, picture, quoted, shown
from portfolio_gen.pages import DATES, ENDS, ISSUERS, NAMES
from portfolio_gen.pages.certificates import chosen
from portfolio_gen.pages.translations import first_of, tag_of, translation_of
from portfolio_gen.report import Check, Fact, Report
from portfolio_gen.together import holder, misplaced
from portfolio_gen.vocabulary import fields, labels, message

UNLABELLED = frozenset({*NAMES, "achievementType", "image"})
"""What may stand without its label: it is the heading, the line above it, or a picture."""

_SENTENCES = {
    "SHOWN_DIFFERS": "live.differs",
    "SHOWN_MISSING": "live.missing",
    "SHOWN_MISPLACED": "live.misplaced",
    "SHOWN_UNSIGNED": "live.unsigned",
}
_MUST = frozenset(row.field for row in fields() if row.must)
_INTERNAL = ("resultId", "resultOf", "resultRubricId")
"""Identifiers by which results find their descriptions: they stand on no page."""
_LISTED = re.compile(
    r"name|credentialName|degreeName|issuerName|issuerId|awardedDate|valid(From|Until)|issuanceDate|expirationDate"
    r"|image|level|(skill|result)\w*"
)
RESULT = "result"
"""How the names of fields about results begin."""
_DEFINED = ("skill", "skillFramework", "skillCode", "skillLink")
_DRAWING = re.compile(r"data:image.svg", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """One fact as a page shows it.

    `picture` holds the bytes of a picture, None for one that could not be had; `is_picture` says whether it is one.
    `group` is which list of facts it stands in, None for what stands in none. `label` is empty in a heading, None where
    there is none.
    """

    field: str
    pointer: str
    text: str
    href: str | None
    visible: bool
    label: str | None
    group: int | None
    is_picture: bool = False
    picture: bytes | None = None
    lang: str | None = None
    """The language that the page gives the text."""


@dataclass(frozen=True)
class Snapshot:
    """All that an element says in the credential's name. `strays` are words that nothing accounts for.

    `sealed` is whether it has the seal that stands in place of a picture; `language` is the one in which it says that
    it shows texts, empty where it says none.
    """

    view: str
    claims: tuple[Claim, ...]
    strays: tuple[str, ...]
    sealed: bool = False
    language: str = ""


@dataclass(frozen=True)
class Difference:
    """What differs: `here` as the page has it, `signed` as the signed document does."""

    code: str
    field: str = ""
    pointer: str = ""
    here: str = ""
    signed: str = ""


def compare(snapshot: Snapshot, report: Report) -> tuple[Check, tuple[Difference, ...]]:
    """Return the check and everything that differs; a document that could not be read leaves nothing to compare."""
    if report.checks["readable"].result != "pass":
        return Check.of("shown", "NOT_READABLE"), ()
    facts = {fact.pointer: fact for fact in report.credential}
    differences = [
        *_differing(snapshot.claims, facts),
        *_in_another_language(snapshot, report.credential),
        *map(_left, _missing(snapshot, report.credential)),
        *map(_moved, misplaced(snapshot.claims, report.credential)),
        *(Difference("SHOWN_UNSIGNED", here=text) for text in snapshot.strays),
    ]
    if not differences:
        return Check.of("shown", "OK"), ()
    code = differences[0].code
    pointers = sorted({one.pointer for one in differences if one.code == code and one.pointer})
    return Check.of("shown", code, {"pointers": pointers} if pointers else {}), tuple(differences)


def _differing(claims: Iterable[Claim], facts: Mapping[str, Fact]) -> list[Difference]:
    found = []
    for claim in claims:
        fact = facts.get(claim.pointer)
        own = fact if fact is not None and fact.field == claim.field else None
        if own is None or not _labelled(claim) or not (_draws if claim.is_picture else _says)(claim, own):
            found.append(_differs(claim, own))
    return found


def _differs(claim: Claim, fact: Fact | None) -> Difference:
    text, signed = collapsed(claim.text), signed_text(fact)
    parts = [claim.label, text, None if claim.href == text else claim.href]
    if fact and not claim.is_picture and claim.lang != tag_of(fact):
        parts, signed = [*parts, f'lang="{claim.lang or ""}"'], f'{signed} lang="{tag_of(fact) or ""}"'
    return Difference("SHOWN_DIFFERS", claim.field, claim.pointer, " ".join(filter(None, parts)), signed)


def _in_another_language(snapshot: Snapshot, facts: Facts) -> Iterator[Difference]:
    """Give the claims of texts in another language than the view's: a card shows each in one of those it has."""
    if fields := _ONCE.get(snapshot.view):
        by_pointer = {fact.pointer: fact for fact in facts if fields.fullmatch(fact.field)}
        for claim in snapshot.claims:
            fact = by_pointer.get(claim.pointer)
            instead = fact and translation_of(fact, facts, snapshot.language)
            if fact and claim.field == fact.field and instead and tag_of(fact) != tag_of(instead):
                yield Difference("SHOWN_DIFFERS", claim.field, claim.pointer, collapsed(claim.text), shown(instead))


def _labelled(claim: Claim) -> bool:
    if not claim.label:
        return claim.field in (UNLABELLED if claim.label is None else NAMES)
    return claim.label == labels().get(claim.field)


def _says(claim: Claim, fact: Fact) -> bool:
    same = collapsed(claim.text) == collapsed(shown(fact)) and claim.lang == tag_of(fact)
    return same and (claim.href is None or claim.href == href(fact))


def _draws(claim: Claim, fact: Fact) -> bool:
    signed = picture(fact)
    return signed is not None and claim.picture == signed[1]


Claims = Sequence[Claim]
Facts = Sequence[Fact]


def _missing(snapshot: Snapshot, facts: Facts) -> list[Fact]:
    """Return what must be shown, on a page or in a smaller view, and is not."""
    seen = {claim.pointer for claim in snapshot.claims if claim.visible}
    must = dict.fromkeys(fact for fact in _musts(snapshot, facts) if collapsed(shown(fact)))
    return [fact for fact in must if fact.pointer not in seen and not (snapshot.sealed and picture(fact))]


def _musts(snapshot: Snapshot, facts: Facts) -> Iterable[Fact]:
    may, must = _VIEWS.get(snapshot.view, (None, None))
    if may and must and all(may.fullmatch(claim.field) for claim in snapshot.claims):
        return must(facts, snapshot.claims, snapshot.language)
    return (_of_no_view if snapshot.view else _of_a_page)(facts, snapshot.claims, snapshot.language)


def _of_a_page(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [*filter(_is_told, facts), *_first_picture(facts, claims)]


def _is_told(fact: Fact) -> bool:
    """Return whether a page shows a fact.

    Drawings are left out, as one with a script in it is not published: `_first_picture` asks for a seal in its place.
    """
    if fact.field in _INTERNAL:
        return False
    held = fact.kind == "image" and str(fact.value).startswith("data:")
    return not held or (picture(fact) is not None and not _DRAWING.match(str(fact.value)))


def _first_picture(facts: Facts, claims: Claims) -> list[Fact]:
    if any(claim.is_picture for claim in claims):
        return []
    return _first([fact for fact in facts if picture(fact)], ("image",), "")


def _of_no_view(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [fact for fact in facts if fact.field in _MUST]


def _of_a_certificate(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    kind = _first(facts, ("achievementType",), language)
    return [*chosen(facts, language), *kind, *_first_picture(facts, claims)]


def _of_a_card(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [*_of_a_line(facts, claims, language), *_first_picture(facts, claims)]


def _of_a_line(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    """Return what a card must show. One with a result must have all of them: else it would be one with the best."""
    found = [fact for names in (NAMES, ISSUERS, DATES, ENDS) for fact in _first(facts, names, language)]
    found += _words(facts, claims, (*_DEFINED, "skillDescription"))
    if any(claim.field.startswith(RESULT) for claim in claims):
        found += [fact for fact in facts if fact.field.startswith(RESULT) and _is_told(fact)]
    if any(claim.field.startswith("skill") for claim in claims):
        found += [fact for fact in facts if fact.field == "level"]
    return found


def _words(facts: Facts, claims: Claims, names: Sequence[str]) -> list[Fact]:
    """Return the words of each skill that has a claim: without its framework or code, it would be another."""
    skills = {holder(claim.pointer) for claim in claims if claim.field.startswith("skill")}
    return [fact for fact in facts if fact.field in names and holder(fact.pointer) in skills]


def _of_a_skill(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [] if claims else _of_no_view(facts, claims, language)


def _of_a_definition(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return _words(facts, claims, _DEFINED) if claims else _of_no_view(facts, claims, language)


def _of_an_issuer(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [fact for fact in facts if fact.field in ISSUERS]


def _about_an_issuer(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [fact for fact in facts if fact.field.startswith("issuer") and fact.kind != "image"]


def _of_an_endorsement(facts: Facts, claims: Claims, language: str) -> list[Fact]:
    return [fact for fact in facts if _is_told(fact) and fact.kind != "image"]


_ISSUER = re.compile(r"issuer.*")
_SKILL = re.compile(r"skill.*")
_NAMED = re.compile("|".join((*NAMES, *ISSUERS)))
_ANY = re.compile(r".*")
_VIEWS: Mapping[str, tuple[re.Pattern[str], Callable[[Facts, Claims, str], list[Fact]]]] = {
    "card": (_LISTED, _of_a_card),
    "line": (_LISTED, _of_a_line),
    "issuer": (_ISSUER, _of_an_issuer),
    "about-issuer": (_ISSUER, _about_an_issuer),
    "skill": (_SKILL, _of_a_skill),
    "definition": (_SKILL, _of_a_definition),
    "endorsement": (_ANY, _of_an_endorsement),
    "certificate": (_ANY, _of_a_certificate),
}
"""Views other than a page: which fields they are made of, and which facts must be there.

With one field more, or by another name, it is none of them, and must show what no page may lack. So must a skill's
without a claim: nothing tells which skill that was.
"""


_ONCE = {"card": _NAMED, "line": _NAMED, "skill": _SKILL}
"""Texts that a view shows in one language, though they are signed in several. A card has all words of a skill."""


def _first(facts: Sequence[Fact], names: Iterable[str], language: str) -> list[Fact]:
    fact = first_of(facts, names, language)
    return [fact] if fact else []


def sentence(found: Difference) -> str:
    """Return the sentence by which a page says that something differs."""
    label = labels().get(found.field, found.field)
    return message(_SENTENCES[found.code], here=quoted(found.here), signed=quoted(found.signed), label=label)


def signed_text(fact: Fact | None) -> str:
    """Return the signed text as a page can quote it; a picture that a fact holds in itself has none."""
    return "" if fact is None or picture(fact) else shown(fact)


def _left(fact: Fact) -> Difference:
    return Difference("SHOWN_MISSING", fact.field, fact.pointer, "", signed_text(fact))


def _moved(claim: Claim) -> Difference:
    return Difference("SHOWN_MISPLACED", claim.field, claim.pointer, collapsed(claim.text))
