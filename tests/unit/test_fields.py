"""docs/fields.md says for each format which property feeds which field. Run this file to write it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portfolio_gen.vocabulary import Field, fields

PAGE = Path(__file__).parents[2] / "docs" / "fields.md"
HEAD = """# Which property feeds which field

What a page can show of a credential, by its data model, from the table `fields` of
`portfolio_gen/data/vocabulary.json` (this page is written from it by `python tests/unit/test_fields.py`).
A path is a JSON pointer into the signed document, without the indexes of lists: a list at any step is walked
in its order. The first path that leads somewhere comes first; each fact keeps the pointer at which it stands,
and the visitor's browser compares it there. **Bold**: a page that leaves it out does not check out.

A text may be in several languages, as `{"@value", "@language"}`: each is a fact. A title is the one in the
language that the owner chose, else in the page's or in none that is named, else the first; the others stand below.
"""
MODELS = {
    "vc": (
        "Credentials of the W3C data model",
        "VC 1.1 and 2.0, Open Badges 3.0, Blockcerts v3: in JSON, a JWT, an SD-JWT, a picture, or another file.",
    ),
    "clr2": ("Learner records (CLR 2.0)", "As any credential of the W3C data model, but for:"),
    "endorsement": ("Endorsements", "As any credential of the W3C data model, but for:"),
    "ob2": ("Open Badges 2.0 and before, Blockcerts v2", "Signed or hosted, in a file or a picture."),
    "sd-jwt": ("SD-JWT VC", "Of what was disclosed."),
    "jwt": ("Claims of a JWT", "Of a credential that does not say the same itself."),
    "presentation": ("Presentations", "Their credentials have facts of their own."),
    "elm": ("European Digital Credentials (ELM 3)", "Texts are in all of their languages."),
}


def page() -> str:
    return HEAD + "".join(section for model in MODELS if (section := "\n".join(_section(model))))


def _section(model: str) -> Iterator[str]:
    rows = [row for field in fields() for row in _rows(field, model)]
    title, note = MODELS[model]
    if rows:
        yield from (
            "",
            f"## {title}",
            "",
            note,
            "",
            "| Field | Called | Shown as | From |",
            "|---|---|---|---|",
            *rows,
            "",
        )


def _rows(field: Field, model: str) -> Iterator[str]:
    if model in field.paths:
        paths = " · ".join(f"`{path}`" for path in field.paths[model]) or "nothing"
        name = f"**`{field.field}`**" if field.must else f"`{field.field}`"
        yield f"| {name} | {field.label} | {field.kind} | {paths} |"


def test_the_page_says_what_the_vocabulary_does() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python tests/unit/test_fields.py"


def test_every_model_is_on_the_page() -> None:
    assert {model for field in fields() for model in field.paths} <= set(MODELS)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
