"""Credentials and skills that the owner's Markdown cites: `[[credential: first-aid.json]]`, `[[skill: Forecasting]]`.

No text of a credential travels through Markdown (DESIGN rule 11): a word that says nothing goes through in a tag's
place, an empty element stands for it in the page, and the autoescaped card takes that element's place when the page
is finished. The visitor's browser checks the card as it checks any other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portfolio_gen import pages
from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.fragments import Fragments
from portfolio_gen.marked import suggestion
from portfolio_gen.vocabulary import message

KINDS = ("credential", "skill")

_TAG = re.compile(r"\[\[[ \t]*([A-Za-z]{2,20})[ \t]*:[ \t]*([^\[\]\n]{1,300}?)[ \t]*\]\]")
_TOKEN = re.compile(r"xqcite(\d+)qx")
_TOKENS = r"(?:\s|<br\s*/?>|xqcite\d+qx)*"
_LITERAL = re.compile(r"<!--.*?-->|<(code|pre|script|style|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
"""Where a tag is text that is shown, or not even that."""
_ALONE = re.compile(rf"<(p|li|dd|td)>({_TOKENS}xqcite\d+qx{_TOKENS})</\1>", re.IGNORECASE)
_MARK = re.compile(r'<div data-cited="([\d ]+)"></div>')


@dataclass(frozen=True)
class Tag:
    """A tag in a page: what it cites, where it stands, and how it was written."""

    kind: str
    name: str
    file: str
    line: int
    text: str

    def problem(self, says: str) -> ConfigProblem:
        """Return what is wrong with it."""
        return ConfigProblem(self.file, self.line, f"{self.text}: {says}")


@dataclass(frozen=True)
class Cited:
    """What stands in a tag's place: cards, or a skill with a line for each credential that names it."""

    cards: Sequence[pages.Listed]
    skill: str = ""
    framework: str = ""
    address: str = ""


@dataclass
class Citing:
    """The tags of all pages of one build."""

    tags: list[Tag] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    problems: list[ConfigProblem] = field(default_factory=list)
    found: dict[int, Cited] = field(default_factory=dict)

    def hide(self, markdown: str, file: str, first_line: int = 1) -> str:
        """Return a page's Markdown with a word in each tag's place; remember the tags."""

        def kept(match: re.Match[str]) -> str:
            line = first_line + markdown.count("\n", 0, match.start())
            self.tags.append(Tag(match[1], match[2], file, line, match[0]))
            return f"xqcite{len(self.tags) - 1}qx"

        return _TAG.sub(lambda match: kept(match) if _is_meant(match[1]) else match[0], markdown)

    def mark(self, rendered: str) -> str:
        """Return a page's HTML with an empty element in place of each word; what is shown as code is put back."""
        if not _TOKEN.search(rendered):
            return rendered
        whole = _LITERAL.sub(lambda match: self._put_back(match[0]), rendered)
        whole = _ALONE.sub(self._marked, whole)
        for match in _TOKEN.finditer(whole):
            if tag := self._tag(match[1]):
                self.problems.append(tag.problem(message("cite.alone")))
        return self._put_back(whole)

    def _tag(self, number: str) -> Tag | None:
        """Return a tag by its number; None where the owner wrote such a word themself."""
        return self.tags[int(number)] if int(number) < len(self.tags) else None

    def _put_back(self, text: str) -> str:
        def written(match: re.Match[str]) -> str:
            tag = self._tag(match[1])
            return html.escape(tag.text, quote=False) if tag else match[0]

        return _TOKEN.sub(written, text)

    def _marked(self, match: re.Match[str]) -> str:
        numbers = [number for number in _TOKEN.findall(match[2]) if self._tag(number)]
        if not numbers:
            return match[0]
        self.used.update(map(int, numbers))
        mark = f'<div data-cited="{" ".join(numbers)}"></div>'
        return mark if match[1].lower() == "p" else f"<{match[1]}>{mark}</{match[1]}>"

    def resolve(
        self,
        entries: Sequence[pages.Entry],
        left_out: Mapping[str, str],
        composed: Callable[[], Iterable[pages.Page]],
    ) -> None:
        """Find what is cited.

        `left_out` says of files why they are not published; `composed` makes the pages, for those of skills.

        Raises:
            ConfigError: every tag that leads nowhere, with its page and line.
        """
        wanted = {number: self.tags[number] for number in sorted(self.used)}
        skills = _skills(composed()) if any(tag.kind == "skill" for tag in wanted.values()) else []
        for number, tag in wanted.items():
            cited = _of_skill(tag, skills) if tag.kind == "skill" else _of_file(tag, entries, left_out)
            if isinstance(cited, Cited):
                self.found[number] = cited
            else:
                self.problems.append(cited)
        if self.problems:
            raise ConfigError(sorted(set(self.problems), key=lambda one: (one.file, one.line or 0, one.message)))

    def splice(self, page: str, address: str, fragments: Fragments) -> str:
        """Return a finished page with the cards in it."""

        def drawn(match: re.Match[str]) -> str:
            numbers = [int(number) for number in match[1].split()]
            if not all(number in self.found for number in numbers):
                return match[0]  # the owner's own element, which only looks alike
            return "".join(_drawn([self.found[number] for number in numbers], address, fragments))

        return _MARK.sub(drawn, page) if self.found else page


def _is_meant(kind: str) -> bool:
    """Return whether this is a tag of ours, rightly written or nearly so."""
    return kind in KINDS or bool(suggestion(kind.lower(), KINDS))


def _drawn(cited: Sequence[Cited], address: str, fragments: Fragments) -> Iterator[str]:
    """Yield cards, those that follow each other in one grid, and skills."""
    cards: list[pages.Listed] = []
    for one in cited:
        if one.skill:
            yield from _grid(cards, address, fragments)
            cards = []
            yield fragments.cited(one.cards, address, one)
        else:
            cards += one.cards
    yield from _grid(cards, address, fragments)


def _grid(cards: Sequence[pages.Listed], address: str, fragments: Fragments) -> Iterator[str]:
    if cards:
        yield fragments.cited(cards, address)


def _of_file(tag: Tag, entries: Sequence[pages.Entry], left_out: Mapping[str, str]) -> Cited | ConfigProblem:
    if tag.kind != "credential":
        return tag.problem(message("cite.kind", kinds=", ".join(KINDS), near=suggestion(tag.kind.lower(), KINDS)))
    of = [entry for entry in entries if entry.file.name == tag.name]
    if of:
        return Cited([pages.Listed(entry) for entry in of])
    if tag.name in left_out:
        return tag.problem(message("cite.left", name=tag.name, why=left_out[tag.name]))
    near = suggestion(tag.name, sorted({entry.file.name for entry in entries}))
    return tag.problem(message("cite.nofile", name=tag.name, near=near))


@dataclass(frozen=True)
class Skill:
    """A skill with a page: its name, others under which it is known, what defines it, and who names it."""

    name: str
    names: frozenset[str]
    frameworks: tuple[str, ...]
    address: str
    cards: Sequence[pages.Listed]


def _skills(composed: Iterable[pages.Page]) -> list[Skill]:
    """Return the skills that have pages; a page that only leads to another's is none."""
    found: list[Skill] = []
    for page in composed:
        if page.kind == "skill" and not (data := page.data)["see"]:
            names = frozenset(name.casefold() for name in (data["name"], *data["others"]))
            cards = [pages.Listed(item.entry) for item in (*data["assessed"], *data["cards"])]
            frameworks = tuple(name for name, _ in data["frameworks"])
            found.append(Skill(data["name"], names, frameworks, page.address, cards))
    return found


def _of_skill(tag: Tag, skills: Collection[Skill]) -> Cited | ConfigProblem:
    """Find a skill by its name, or by its name and in brackets its framework, in any case of letters."""
    named = [skill for skill in skills if _is_called(skill, tag.name.casefold())]
    if len(named) == 1:
        [skill] = named
        return Cited(skill.cards, skill.name, ", ".join(skill.frameworks), skill.address)
    if named:
        choice = ", ".join(f"[[skill: {one.name} ({name})]]" for one in named for name in one.frameworks)
        return tag.problem(message("cite.several", name=tag.name, choice=choice))
    near = suggestion(tag.name, sorted({one.name for one in skills}))
    return tag.problem(message("cite.noskill", name=tag.name, near=near))


def _is_called(skill: Skill, wanted: str) -> bool:
    return wanted in skill.names or wanted in {f"{skill.name} ({name})".casefold() for name in skill.frameworks}


def first_line(source: str, markdown: str) -> int:
    """Return the line of a file at which its Markdown begins, after what MkDocs reads as its metadata."""
    return source.count("\n", 0, len(source) - len(markdown)) + 1 if source.endswith(markdown) else 1
