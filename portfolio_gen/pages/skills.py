"""The pages of skills: which credentials name a skill, in which words, and which skills only the owner states.

Credentials by different issuers name one skill in different words and frameworks. Those that are one have one page: of
the same name, of the same address or code in a framework, or synonyms by the owner's word. Every credential keeps its
own words there, as claims; what stands together is the website's doing, and the page says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from portfolio_gen import format, together
from portfolio_gen.frameworks import framework_of
from portfolio_gen.pages.claims import Row, claim_of, grouped, rows_of
from portfolio_gen.pages.entries import Entry, Listed, SkillKey, address_for, called, digest_of, slug
from portfolio_gen.pages.page import Page
from portfolio_gen.pages.translations import in_its_language
from portfolio_gen.report import Report
from portfolio_gen.skill_words import SkillWords, folded
from portfolio_gen.vocabulary import message

NONE = SkillWords()

WORDS = ("skill", "skillFramework", "skillCode", "skillLink", "skillDescription")
"""What a credential says of a skill."""

ADVERT = "advert"
"""The part of the page of all skills that takes an advert."""

_PLACE = re.compile(r"(?i)https?://[^/?#]+(?:/+[^/]|[?#].)")
"""An address of more than a site."""

_IN_A_RESULT = "/result/"
"""In the pointer of an alignment that a result has, not the achievement: the skill was assessed (OB 3.0, B.1)."""


class Alignment(NamedTuple):
    """One mention of a skill in a credential."""

    name: str
    framework: str
    code: str
    link: str
    assessed: bool

    @property
    def key(self) -> SkillKey:
        """The skill as this credential names it."""
        return self.framework, self.name

    @property
    def group(self) -> str:
        """What its framework is called."""
        return framework_of(self.framework, self.link)


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill across all credentials. `listed` are those that name it, each with its own words for it."""

    name: str
    address: str
    listed: tuple[Listed, ...]
    framework: str = ""
    """That of most credentials, for lists."""
    others: tuple[tuple[str, str], ...] = ()
    """The other names it has, each with an address of its own, at which it was before they were put together."""

    @property
    def keys(self) -> tuple[SkillKey, ...]:
        """Every name in a framework by which a credential calls it."""
        return tuple(dict.fromkeys(key for item in self.listed for key in item.skills))


class OwnSkill(NamedTuple):
    """A skill that only the owner states, and the credentials' pages beside which they do."""

    name: str
    beside: tuple[tuple[str, str], ...]


def alignments(report: Report) -> Iterator[Alignment]:
    """Yield the skills that a credential names, in its order; in several languages, by the first of each word."""
    for place, said in _said_at(report).items():
        if said.get("skill"):
            framework, code, link = (said.get(field, "") for field in WORDS[1:4])
            yield Alignment(said["skill"], framework, code, link, _IN_A_RESULT in place)


def _said_at(report: Report) -> Mapping[str, Mapping[str, str]]:
    """Return, by place in the signed document, the first of each word for the skill there, in the signed order.

    By these skills are told apart: whichever language their owner has them shown in, their pages stay the same.
    """
    found: dict[str, dict[str, str]] = {}
    for fact in report.credential:
        if fact.field in WORDS and (text := format.shown(fact)):
            found.setdefault(together.holder(fact.pointer), {}).setdefault(fact.field, text)
    return found


def skills_of(report: Report) -> list[SkillKey]:
    """Return the skills that a credential names, in its order, each once."""
    return list(dict.fromkeys(one.key for one in alignments(report)))


def skill_rows(report: Report, language: str = "") -> dict[SkillKey, tuple[tuple[Row, ...], ...]]:
    """Return a credential's own words for each skill, as often as it names it; those in `language` come first."""
    said_at = _said_at(report)
    claims = [claim_of(fact) for fact in in_its_language(report, language).credential if fact.field in WORDS]
    rows: dict[SkillKey, tuple[tuple[Row, ...], ...]] = {}
    for group in grouped([claim for claim in claims if claim.text]):
        said = said_at[together.holder(group[0].pointer)]
        key = (said.get("skillFramework", ""), said.get("skill", ""))
        rows[key] = (*rows.get(key, ()), rows_of(group))
    return rows


def by_skill(entries: Sequence[Entry], words: SkillWords = NONE) -> list[Skill]:
    """Return every skill that a credential names, by name. `entries` keep their order in each."""
    mentions = {entry.slug: tuple(alignments(entry.report)) for entry in entries}
    root = _joined(mentions.values(), words)
    groups: dict[str, list[tuple[Entry, list[Alignment]]]] = {}
    for entry in entries:
        mine: dict[str, list[Alignment]] = {}
        for one in mentions[entry.slug]:
            mine.setdefault(root[folded(one.name)], []).append(one)
        for name, found in mine.items():
            groups.setdefault(name, []).append((entry, found))
    taken: set[str] = set()
    return sorted((_skill(of, words, taken) for _, of in sorted(groups.items())), key=lambda skill: _sort(skill.name))


def _sort(text: str) -> tuple[bool, str, str]:
    return not text, text.casefold(), text


def _skill(of: Sequence[tuple[Entry, Sequence[Alignment]]], words: SkillWords, taken: set[str]) -> Skill:
    """Return the skill of these mentions. It is called what the owner calls it, else what most credentials do."""
    names = Counter(name for _, found in of for name in dict.fromkeys(one.name for one in found))
    spelt: dict[str, str] = {}
    for name, _ in sorted(names.items(), key=lambda row: (-row[1], row[0])):
        spelt.setdefault(folded(name), name)
    owners = next((words.called[name] for name in spelt if name in words.called), "")
    at = {name: f"skills/{address_for(slug(name) or 'skill', digest_of(name), taken)}/" for name in spelt}
    first = folded(owners) if folded(owners) in at else next(iter(spelt))
    frameworks = Counter(group for _, found in of for group in dict.fromkeys(one.group for one in found) if group)
    most = min(frameworks, key=lambda name: (-frameworks[name], name), default="")
    return Skill(
        owners or spelt[first],
        at[first],
        tuple(_listed(entry, found) for entry, found in of),
        most,
        tuple((spelt[name], at[name]) for name in sorted(spelt) if name != first),
    )


def _listed(entry: Entry, found: Sequence[Alignment]) -> Listed:
    return Listed(entry, tuple(dict.fromkeys(one.key for one in found)), any(one.assessed for one in found))


def _joined(mentions: Iterable[Sequence[Alignment]], words: SkillWords) -> Mapping[str, str]:
    """Return, for each name of a skill as `folded`, the name that stands for all that are the same skill.

    An address, or a code in a framework, joins two names, but not one that a credential gives to two skills at once,
    nor an address under which two codes stand: that leads to a list of skills, not to one.
    """
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    def join(names: Iterable[str]) -> None:
        roots = sorted({root(name) for name in names})
        for other in roots[1:]:
            parents[other] = roots[0]

    for name, others in words.synonyms:
        join(map(folded, (name, *others)))
    named: dict[tuple[str, str], set[str]] = {}
    codes: dict[tuple[str, str], set[str]] = {}
    several: set[tuple[str, str]] = set()
    for found in mentions:
        here: dict[tuple[str, str], set[str]] = {}
        for one in found:
            root(folded(one.name))
            for mark in _marks(one):
                here.setdefault(mark, set()).add(root(folded(one.name)))
                codes.setdefault(mark, set()).update([folded(one.code)] if one.code else [])
        several.update(mark for mark, names in here.items() if len(names) > 1)
        for mark, names in here.items():
            named.setdefault(mark, set()).update(names)
    for mark, names in named.items():
        if mark not in several and len(codes[mark]) < 2:
            join(names)
    return {name: root(name) for name in parents}


def _marks(one: Alignment) -> Iterator[tuple[str, str]]:
    """Yield what identifies a skill beside its name: an address that is more than a site's, a code in a framework."""
    if _PLACE.match(one.link):
        yield "", one.link.rstrip("/")
    if one.code and one.group:
        yield folded(one.group), folded(one.code)


def stated(entries: Iterable[Entry], skills: Iterable[Skill], words: SkillWords) -> tuple[OwnSkill, ...]:
    """Return the skills that the owner states, in mkdocs.yml or beside credentials, and that no credential names."""
    signed = {folded(name) for skill in skills for name in (skill.name, *(other for other, _ in skill.others))}
    signed |= {word for word, name in words.called.items() if folded(name) in signed}
    names: dict[str, str] = {}
    beside: dict[str, list[tuple[str, str]]] = {}
    for name in words.stated:
        names.setdefault(folded(name), name)
    for entry in entries:
        for name in entry.owner.skills if entry.owner else ():
            names.setdefault(folded(name), name)
            beside.setdefault(folded(name), []).append((called(entry), entry.address))
    return tuple(OwnSkill(name, tuple(beside.get(key, ()))) for key, name in names.items() if key not in signed)


def unused(skills: Iterable[Skill], words: SkillWords) -> list[str]:
    """Return the skills with synonyms of which neither a credential nor the owner names any word."""
    named = {folded(name) for skill in skills for _, name in skill.keys} | {folded(name) for name in words.stated}
    return [name for name, others in words.synonyms if not named & set(map(folded, (name, *others)))]


def skills_page(entries: Sequence[Entry], skills: Sequence[Skill], words: SkillWords, owner: str) -> Page:
    """Return the page of all skills, which also takes an advert."""
    own = stated(entries, skills, words)
    return Page(
        "skills/",
        "skills",
        message("page.skills.title"),
        message("page.skills.lead"),
        _skills_data,
        (tuple(skills), own, tuple(entries), words, owner),
    )


def _skills_data(
    skills: Sequence[Skill], own: Sequence[OwnSkill], entries: Sequence[Entry], words: SkillWords, owner: str
) -> Mapping[str, Any]:
    ordered = sorted(skills, key=lambda skill: (_sort(skill.framework), _sort(skill.name)))
    frameworks = [
        {
            "name": framework or message("page.skills.none"),
            "skills": [
                {"name": skill.name, "address": skill.address, "cards": [Listed(item.entry) for item in skill.listed]}
                for skill in group
            ],
        }
        for framework, group in groupby(ordered, key=lambda skill: skill.framework)
    ]
    shown = {item.entry.slug for skill in skills for item in skill.listed}
    rest = [Listed(entry) for entry in entries if entry.slug not in shown]
    return {"frameworks": frameworks, "stated": own, "rest": rest, "synonyms": words.synonyms, "owner": owner}


def skill_pages(skill: Skill) -> Iterator[Page]:
    """Yield the page of a skill, and one at the address of each other name, which leads there."""
    about = skill.framework or message("page.skills.none")
    yield Page(skill.address, "skill", skill.name, about, _skill_page_data, (skill,))
    for name, address in skill.others:
        yield Page(address, "skill", name, about, _other_name_data, (name, skill.name, skill.address), search=False)


def _skill_page_data(skill: Skill) -> Mapping[str, Any]:
    assessed = [item for item in skill.listed if item.assessed]
    return {
        "name": skill.name,
        "others": [name for name, _ in skill.others],
        "see": "",
        "frameworks": _definitions(skill),
        "assessed": assessed,
        "cards": [item for item in skill.listed if not item.assessed],
    }


def _other_name_data(name: str, see: str, address: str) -> Mapping[str, Any]:
    return {"name": name, "see": see, "address": address}


def _definitions(skill: Skill) -> list[tuple[str, list[Listed]]]:
    """Return, by framework, a credential for each way in which it is defined there: the newest that says it."""
    groups: dict[str, dict[tuple[str, ...], Listed]] = {}
    for item in skill.listed:
        for one in alignments(item.entry.report):
            if one.key in item.skills and one.group:
                said = folded(one.name), folded(one.framework), one.code, one.link
                groups.setdefault(one.group, {}).setdefault(said, Listed(item.entry, (one.key,)))
    return [(name, list(dict.fromkeys(groups[name].values()))) for name in sorted(groups, key=_sort)]
