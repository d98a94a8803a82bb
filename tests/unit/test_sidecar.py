"""What a learner says of a file, beside it: read strictly, paired by name, and never taken for a credential."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from portfolio_gen import sidecar, wallet
from portfolio_gen.errors import ConfigError
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.site.gather import Checker, Gathered

NOW = "2026-06-01T12:00:00Z"
MINIMAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": "urn:x",
    "credentialSubject": {"id": "urn:y"},
}


def gathered(folder: Path, **files: str) -> Gathered:
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return Checker().gather(folder, NOW)


def test_what_a_sidecar_says() -> None:
    text = "order: 2\ntitle: Bees\nnote: |\n  One hive.\nstack: Husbandry\nlink: https://fernwald.example/\n"
    assert sidecar.parse("x.yml", text.encode()) == Sidecar(
        2, "Bees", "One hive.", "Husbandry", "https://fernwald.example/"
    )
    assert sidecar.parse("x.yml", b"") == Sidecar()
    said = sidecar.parse("x.yml", b"industry: Freight\nassessment: ' Two exams '\nskills: [Bees, ' Hives', Bees]\n")
    assert said == Sidecar(industry="Freight", assessment="Two exams", skills=("Bees", "Hives"))
    assert said.tells == (("industry", "Freight"), ("assessment", "Two exams"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"title: Bees\nordr: 1\n", 'x.yml:2: "ordr" is not known. Did you mean "order"?'),
        (b"order: first\n", 'x.yml:1: order: found "first", expected a whole number such as 1.'),
        (b"order: true\n", "x.yml:1: order: found true, expected a whole number such as 1."),
        (b"\ntitle: 3\n", "x.yml:2: title: found the number 3, expected text; put it in quotes."),
        (b"link: javascript:alert(1)\n", 'x.yml:1: link: found "javascript:alert(1)", expected https://… or http://….'),
        (b"- a\n", f"x.yml:1: found a list, expected some of {', '.join(sidecar.KEYS)}."),
        (b"title: a\ntitle: b\n", 'x.yml:2: "title" is given twice (also in line 1).'),
        (b"title: \xff\n", "x.yml: This is not UTF-8."),
        (b"skills: Bees\n", 'x.yml:1: skills: found "Bees", expected a list of skills, each a text.'),
        (b"skills: [Bees, 3]\n", "x.yml:1: skills: found a list, expected a list of skills, each a text."),
        (b"audience: [a]\n", "x.yml:1: audience: found a list, expected text."),
        (b"hide: yes please\n", 'x.yml:1: hide: found "yes please", expected true or false.'),
        (b"feature: 1\n", "x.yml:1: feature: found the number 1, expected true or false."),
        (b"language: Deutsch!\n", 'x.yml:1: language: found "Deutsch!", expected a language such as de or pt-BR.'),
        (b"stack: a\ngroup: b\n", "x.yml:2: group and stack are two names of the same; leave out one."),
        (b"group: 3\n", "x.yml:1: group: found the number 3, expected text; put it in quotes."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: bytes, found: str) -> None:
    with pytest.raises(ConfigError) as caught:
        sidecar.parse("x.yml", text)
    assert str(caught.value) == found


def test_sidecars_are_paired_by_name() -> None:
    names = ["a.json", "a.yml", "b/c.png", "b/c.png.yml", "d.yml"]
    assert sidecar.paired(names) == {"a.yml": "a.json", "b/c.png.yml": "b/c.png"}
    with pytest.raises(ConfigError, match=r"a.json or a.png"):
        sidecar.paired(["a.json", "a.png", "a.yml"])
    with pytest.raises(ConfigError, match="two sidecars"):
        sidecar.paired(["a.json", "a.json.yml", "a.yml"])


def test_the_owner_s_words_stand_beside_the_credential(tmp_path: Path) -> None:
    found = gathered(tmp_path, **{"a.json": json.dumps(MINIMAL), "a.yml": "title: Bees\norder: 1\n"})
    [entry] = found.entries
    assert entry.owner == Sidecar(1, "Bees")
    assert found.left_out == ()


def test_links_are_listed_apart(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        **{
            "portfolio.url": "[InternetShortcut]\r\nURL=https://fernwald.example/\r\n",
            "talk.yml": "link: https://other.example/talk\ntitle: A talk\norder: 1\n",
            "odd.url": "[InternetShortcut]\r\nURL=javascript:alert(1)\r\n",
        },
    )
    assert [(link.title, link.url) for link in found.links] == [
        ("A talk", "https://other.example/talk"),
        ("portfolio", "https://fernwald.example/"),
    ]
    assert [left.name for left in found.left_out] == ["odd.url"]
    assert found.entries == ()


def test_a_sidecar_beside_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lost.yml: It stands beside no file"):
        gathered(tmp_path, **{"lost.yml": "title: Bees\n"})


def test_a_sidecar_is_no_credential(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("title: Bees\n", "utf-8")
    assert wallet.collect(tmp_path).files == ()


def test_words_beside_an_archive_are_said_of_each_file_in_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for name in ("a.json", "deep/b.json"):
            archive.writestr(name, json.dumps(MINIMAL))
    found = gathered(tmp_path, **{"export.zip.yml": "stack: Evenings\n"})
    assert {entry.file.name: entry.owner for entry in found.entries} == {
        "export.zip/a.json": Sidecar(stack="Evenings"),
        "export.zip/deep/b.json": Sidecar(stack="Evenings"),
    }


def test_a_group_is_a_stack_that_is_only_a_heading() -> None:
    assert sidecar.parse("x.yml", b"group: Husbandry\n") == Sidecar(stack="Husbandry")


def test_a_sidecar_s_word_goes_before_that_of_the_configuration() -> None:
    mine = sidecar.parse("x.yml", b"hide: false\norder: 2\n")
    both = mine.over(sidecar.of({"hide": True, "note": "n", "order": 3}))
    assert both == Sidecar(2, note="n")
    assert both.beats == {"hide", "order"}
    assert both.given == {"hide", "order", "note"}
