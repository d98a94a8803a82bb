"""Stacks: the owner's files, CTDL pathways and signed records, and which credentials stand for which part."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import pages, stacks
from portfolio_gen.errors import ConfigError
from portfolio_gen.pages import Entry, Pile, piles
from portfolio_gen.pages.stacks import stack_data
from portfolio_gen.report import Fact, IssuerIdentity, Report
from portfolio_gen.site.gather import Checker
from portfolio_gen.site.stacks import files_in, read_stacks, refuse_unknown, remarks
from portfolio_gen.stacks import Recognised, pathways, records
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message
from portfolio_gen.wallet import WalletFile

ROOT = Path(__file__).resolve().parents[2]
WALLET = ROOT / "sample_wallet"
NOW = "2026-06-01T12:00:00Z"
GOOD = """title: Operations
needs: 2
ordered: true
once: false
parts:
  - credential: a.json
  - title: One of two
    needs: 1
    parts:
      - achievement: [https://a.example/1, Bees]
      - title: Wasps
        link: https://a.example/wasps
  - title: Mathematics
    instead: A course of 8 credits
    recognised:
      by: A University
      date: 30 August 2024
      credential: b.json#/x
"""


def test_what_an_owner_s_file_says() -> None:
    stack = stacks.parse("stacks/o.yml", GOOD.encode())
    assert (stack.title, stack.source, stack.needs) == ("Operations", "owner", 2)
    assert (stack.ordered, stack.once) == (True, False)
    first, choice, last = stack.parts
    assert first.files == ("a.json",)
    assert [part.after for part in stack.parts] == [(), (0,), (1,)]
    assert (choice.needs, [leaf.title for leaf in choice.parts]) == (1, ["", "Wasps"])
    assert choice.parts[0].ids == ("https://a.example/1", "Bees")
    assert last.instead == ("A course of 8 credits",)
    assert last.recognised == Recognised("A University", "30 August 2024", files=("b.json#/x",))


def test_the_example_in_the_documentation_is_one() -> None:
    text = (ROOT / "docs/stacks.md").read_text("utf-8")
    example = re.findall(r"```yaml\n(title:.*?)```", text, re.DOTALL)
    assert len(example) == 1
    stack = stacks.parse("stacks/example.yml", example[0].encode())
    assert len(stack.parts) == 5
    for key in (*stacks.STACK_KEYS, *stacks.PART_KEYS, *stacks.RECOGNISED_KEYS):
        assert f"{key}:" in example[0], key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n", ["x.yml:1: found a list, expected title and parts."]),
        (
            "titel: A\nparts: []\n",
            [
                'x.yml:1: "titel" is not known. Did you mean "title"?',
                "x.yml:1: title: found nothing, expected what the stack is called.",
                "x.yml:2: parts: found a list, expected a list of what the stack takes.",
            ],
        ),
        (
            "title: A\nneeds: 3\nordered: 1\nparts:\n  - note: x\n  - credential: 3\n",
            [
                "x.yml:3: ordered: found the number 1, expected true or false.",
                'x.yml:2: needs: found the number 3, expected "all" or a number from 1 to 2.',
                "x.yml:5: a part needs a title, a credential or an achievement.",
                "x.yml:6: credential: found the number 3, expected text, or a list of texts.",
            ],
        ),
        (
            "title: A\nparts:\n  - title: B\n    parts:\n      - title: C\n        parts: [{title: D}]\n"
            "  - just text\n",
            [
                "x.yml:6: parts: a choice within a choice is not possible; make it a stack of its own.",
                'x.yml:7: found "just text", expected a part: some of '
                "title, note, link, credential, achievement, instead, recognised.",
            ],
        ),
        (
            "title: A\nparts:\n  - title: B\n    link: javascript:x\n    needs: 1\n    recognised:\n      by: C\n",
            [
                'x.yml:4: link: found "javascript:x", expected https://… or http://….',
                "x.yml:5: needs: only a list of parts has it.",
                "x.yml:6: recognised: what shows it is missing. Give a credential of the wallet, or a link.",
            ],
        ),
        (
            "title: A\nparts:\n  - title: B\n    recognised:\n      on: x\n      link: https://a.example/\n",
            ['x.yml:4: "True" is not known. Known here: by, date, note, credential, link.'],
        ),
    ],
)
def test_all_that_is_wrong_is_said_with_its_line(text: str, found: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        stacks.parse("x.yml", text.encode())
    assert [str(error) for error in caught.value.errors] == found


def test_only_text_can_be_a_stack() -> None:
    with pytest.raises(ConfigError, match="not UTF-8"):
        stacks.parse("x.yml", b"\xff")


# Pathways.

REGISTRY = "https://registry.example/resources/"


def component(name: str, **more: Any) -> dict[str, Any]:
    return {"@id": REGISTRY + name, "@type": "ceterms:CourseComponent", "ceterms:name": name, **more}


def pathway(*components: dict[str, Any], **more: Any) -> bytes:
    own = {"@id": REGISTRY + "p", "@type": "ceterms:Pathway", "ceterms:name": {"fr": "Voie", "en-US": "Path"}, **more}
    return json.dumps({"@graph": [own, *components]}).encode()


def refs(*names: str) -> list[str]:
    return [REGISTRY + name for name in names]


def condition(needed: int | None, *names: str) -> dict[str, Any]:
    number = {} if needed is None else {"ceterms:requiredNumber": needed}
    return {"@type": "ceterms:ComponentCondition", "ceterms:targetComponent": refs(*names), **number}


INSIDE = {"ceterms:hasCondition": [condition(1, "b")]}


def test_a_pathway_in_its_order() -> None:
    data = pathway(
        component("c"),
        component("b", **{"ceterms:precedes": refs("c")}),
        component("a", **{"ceterms:precedes": {"@id": REGISTRY + "b"}}),
        **{"ceterms:hasPart": refs("c", "b", "a")},
    )
    stack = pathways.parse("stacks/p.json", data)
    assert (stack.title, stack.source, stack.ordered) == ("Path", "ctdl", True)
    assert [part.title for part in stack.parts] == ["a", "b", "c"]
    assert [part.after for part in stack.parts] == [(), (0,), (1,)]


def test_a_condition_of_which_some_targets_are_enough_is_a_choice() -> None:
    data = pathway(
        component("a"),
        component("b"),
        component("c"),
        component("end", **{"ceterms:hasCondition": [condition(1, "a", "b"), condition(None, "c")]}),
        **{"ceterms:hasDestinationComponent": refs("end")},
    )
    stack = pathways.parse("stacks/p.json", data)
    assert [[leaf.title for leaf in part.leaves()] for part in stack.parts] == [["a", "b"], ["c"], ["end"]]
    assert [part.needs for part in stack.parts] == [1, None, None]
    assert [part.after for part in stack.parts] == [(), (), (0, 1)]
    assert not stack.ordered


def test_older_spellings_and_references_from_below() -> None:
    part = {"ceterms:isPartOf": refs("p"), "ceterms:prerequisite": refs("b")}
    named = {"ceasn:hasPart": refs("b")}
    data = pathway(component("a", **part), component("b", **{"ceterms:sourceData": "https://x.example/b"}), **named)
    stack = pathways.parse("stacks/p.json", data)
    assert [part.title for part in stack.parts] == ["b", "a"]
    assert stack.parts[0].ids == (REGISTRY + "b", "https://x.example/b")
    assert stack.parts[0].link == "https://x.example/b"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"{", "This is not JSON that can be read: "),
        (b"{}", "found 0, expected one ceterms:Pathway"),
        (pathway(), "Found 0 components"),
        (
            pathway(
                component("a"),
                component("end", **{"ceterms:hasCondition": [{"ceterms:hasCondition": [condition(-1, "a", "a")]}]}),
                **{"ceterms:hasDestinationComponent": refs("end")},
            ),
            "found -1, expected 1 to 2",
        ),
        (pathway(**{"ceterms:hasPart": refs("x")}), 'x" is named, but no component'),
        (
            pathway(
                component("a", **{"ceterms:precedes": refs("b")}),
                component("b", **{"ceterms:precedes": refs("a")}),
                **{"ceterms:hasPart": refs("a", "b")},
            ),
            "precede each other in a circle",
        ),
        (
            pathway(
                component("a", **{"ceterms:hasCondition": condition(3, "b")}),
                component("b"),
                **{"ceterms:hasPart": refs("a")},
            ),
            "found 3, expected 1 to 1",
        ),
        (
            pathway(
                component("a", **{"ceterms:hasCondition": condition(1, "b") | INSIDE}),
                component("b"),
                **{"ceterms:hasPart": refs("a")},
            ),
            "has conditions inside of it",
        ),
        (
            pathway(
                component("a", **{"ceterms:hasCondition": [condition(1, "b", "c"), condition(1, "c", "d")]}),
                *map(component, "bcd"),
                **{"ceterms:hasPart": refs("a")},
            ),
            "a component is in two choices",
        ),
    ],
)
def test_a_pathway_that_cannot_be_one(data: bytes, found: str) -> None:
    with pytest.raises(ConfigError) as caught:
        pathways.parse("stacks/p.json", data)
    assert found.lower() in str(caught.value).lower()
    assert str(caught.value).startswith("stacks/p.json: ")


# Signed records.


def associations(*rows: tuple[str, str, str]) -> list[Fact]:
    fields = ("association", "associationSource", "associationTarget")
    names = ("associationType", "sourceId", "targetId")
    return [
        Fact(field, f"/credentialSubject/association/{at}/{name}", value, "text")
        for at, row in enumerate(rows)
        for field, name, value in zip(fields, names, row, strict=True)
    ]


RECORDS = [
    ([("isParentOf", "w", "a"), ("isChildOf", "b", "w"), ("isPartOf", "c", "w")], {"w": ["a", "b", "c"]}, [(), (), ()]),
    ([("isParentOf", "w", "a"), ("isParentOf", "w", "b"), ("precedes", "b", "a")], {"w": ["b", "a"]}, [(), (0,)]),
    ([("isParentOf", "w", "a"), ("isParentOf", "w", "a"), ("isParentOf", "a", "a")], {"w": ["a"]}, [()]),
    ([("isParentOf", "w", "a"), ("precedes", "a", "a"), ("precedes", "x", "a")], {"w": ["a"]}, [()]),
    (
        [("isParentOf", "w", "a"), ("isParentOf", "w", "b"), ("precedes", "a", "b"), ("precedes", "b", "a")],
        {"w": ["a", "b"]},
        [(), (0,)],
    ),
    ([("isParentOf", "v", "a"), ("isParentOf", "w", "b")], {"v": ["a"], "w": ["b"]}, [(), ()]),
    ([("isParentOf", "w", "a")] * records.MOST, {"w": ["a"]}, [()]),
    ([("isParentOf", "w", "a")] * (records.MOST + 1), {}, []),
    ([("isPeerOf", "a", "b"), ("isRelatedTo", "a", "b"), ("exactMatchOf", "a", "b")], {}, []),
]


@pytest.mark.parametrize(("rows", "found", "after"), RECORDS)
def test_what_associations_say(
    rows: list[tuple[str, str, str]], found: dict[str, list[str]], after: list[tuple[int, ...]]
) -> None:
    read = records.structures(associations(*rows))
    assert {one.whole: [member.id for member in one.members] for one in read} == found
    assert [member.after for one in read for member in one.members] == after


def test_associations_are_read_by_their_number_whatever_order_the_facts_have() -> None:
    rows = [("isParentOf", "w", f"a{number}") for number in range(12)]
    facts = sorted(associations(*rows), key=lambda fact: (fact.field, fact.pointer))
    (one,) = records.structures(facts)
    assert [member.id for member in one.members] == [f"a{number}" for number in range(12)]


def test_what_replaces_a_part_and_associations_that_lack_something() -> None:
    facts = associations(("isParentOf", "w", "a"), ("replacedBy", "a", "b"), ("isParentOf", "w", "c"))[:-1]
    (one,) = records.structures(facts)
    assert one.members == (records.Member("a", ("b",), ()),)


# Which credentials stand for which part.


def entry(name: str, id: str = "", title: str = "", issuer: str = "did:key:z1", **facts: str) -> Entry:
    report = verify(b"{}", now=NOW)
    said = {"achievementId": id, "name": title, **facts}
    shown = tuple(Fact(field, f"/{field}", value, "text") for field, value in said.items() if value)
    made: Report = replace(report, credential=shown, issuer=IssuerIdentity(issuer, None), format="vc2-json")
    return Entry(WalletFile(name, b"", "0" * 64), made, name.replace(".", "-"))


def of(pile: Pile) -> list[list[str]]:
    return [[one.file.name for leaf in part.leaves() for one in leaf.entries] for part in pile.parts]


def test_parts_find_their_credentials() -> None:
    text = (
        "title: A\nparts:\n  - credential: [a.json, b.json]\n  - achievement: https://x.example/2\n"
        "  - achievement: Keeping Bees\n  - achievement: https://x.example/none\n"
    )
    entries = [entry("a.json"), entry("b.json", "https://x.example/2"), entry("c.json", title="Keeping bees")]
    (pile,) = piles([stacks.parse("stacks/a.yml", text.encode())], entries)
    assert of(pile) == [["a.json", "b.json"], ["b.json"], ["c.json"], []]
    assert pile.address == "stacks/a/"


CTID = "ce-0d9f6f0c-7a52-4be6-8a5a-2b6d2f0a1c01"


@pytest.mark.parametrize(
    "found",
    [
        entry("a.json", id=f"https://other.example/{CTID}"),
        entry("a.json", id=CTID.upper().replace("CE-", "ce-")),
        entry("a.json", otherId=CTID),
        entry("a.json", skillLink=f"https://credentialengineregistry.org/resources/{CTID}"),
        entry("a.json", id="https://x.example/course"),
    ],
)
def test_a_component_finds_its_credential(found: Entry) -> None:
    data = pathway(
        component(CTID, **{"ceterms:ctid": CTID, "ceterms:proxyFor": "https://x.example/course"}),
        **{"ceterms:hasPart": refs(CTID)},
    )
    stack = pathways.parse("stacks/p.json", data)
    brief = replace(found, report=pages.brief(found.report))
    assert of(piles([stack], [brief])[0]) == [["a.json"]]


def test_the_name_of_a_component_is_nobody_s_credential() -> None:
    stack = pathways.parse("stacks/p.json", pathway(component("Bees"), **{"ceterms:hasPart": refs("Bees")}))
    assert of(piles([stack], [entry("a.json", title="Bees")])[0]) == [[]]


def test_only_its_own_issuer_s_credentials_stand_for_the_parts_of_a_record() -> None:
    record = entry("r.json", title="Record")
    facts = (*record.report.credential, *associations(("isParentOf", "w", "a"), ("isParentOf", "w", "b")))
    record = replace(record, report=replace(record.report, credential=facts))
    inside = replace(entry("r.json", "b", issuer="did:key:z3"), place="#/credentialSubject/verifiableCredential/0")
    entries = [record, entry("a.json", "a"), entry("self.json", "a", issuer="did:key:z2"), inside]
    (pile,) = piles([], entries)
    assert of(pile) == [["a.json"], ["r.json"]]
    assert (pile.title, pile.stack.source, pile.stack.whole) == ("Record", "clr", "w")


def test_equal_names_of_files_get_addresses_of_their_own() -> None:
    text = b"title: A\nparts:\n  - title: B\n"
    found = piles([stacks.parse(f"stacks/{name}", text) for name in ("a.yml", "a.yaml", "蜂.yml")], [])
    addresses = [pile.address for pile in found]
    assert addresses[0] == "stacks/a/"
    assert addresses[2] == "stacks/stack/"
    assert len(set(addresses)) == 3


RULES = [(None, 1, "one"), (None, 3, "all"), (1, 3, "any"), (2, 3, "some")]


@pytest.mark.parametrize(("needs", "total", "says"), RULES)
def test_the_rule_in_words(needs: int | None, total: int, says: str) -> None:
    parts = "".join(f"  - title: {number}a\n" for number in range(total))
    rule = f"needs: {needs}\n" if needs else ""
    (pile,) = piles([stacks.parse("a.yml", f"title: A\n{rule}parts:\n{parts}".encode())], [])
    assert stack_data(pile)["rule"] == message(f"page.stack.rule.{says}", needs=needs, total=total)


# The folder.


def test_the_demo_s_stacks() -> None:
    gathered = Checker().gather(WALLET / "credentials", NOW)
    found = read_stacks(files_in(WALLET / "stacks"))
    refuse_unknown(found, gathered.entries, ())
    assert list(remarks(found, gathered.entries, ())) == []
    assert sorted(pile.stack.source for pile in piles(found, gathered.entries)) == ["clr", "ctdl", "owner"]


def test_what_is_in_the_folder(tmp_path: Path) -> None:
    assert files_in(tmp_path / "none") == {}
    folder = tmp_path / "stacks"
    folder.mkdir()
    for name, text in {"b.yml": GOOD, "c.txt": "x", ".hidden": "x"}.items():
        (folder / name).write_text(text)
    with pytest.raises(ConfigError) as caught:
        files_in(folder)
    assert [error.file for error in caught.value.errors] == ["stacks/c.txt"]
    (folder / "c.txt").unlink()
    assert list(files_in(folder)) == ["stacks/b.yml"]
    (folder / "d.json").write_text("{}")
    (folder / "e.yml").write_text("x")
    with pytest.raises(ConfigError) as caught:
        read_stacks(files_in(folder))
    assert [error.file for error in caught.value.errors] == ["stacks/d.json", "stacks/e.yml"]


def test_names_that_lead_nowhere() -> None:
    stack = stacks.parse("stacks/o.yml", GOOD.encode())
    entries = [entry("aa.json"), entry("b.json")]
    with pytest.raises(ConfigError) as caught:
        refuse_unknown([stack], entries, ())
    assert [str(error) for error in caught.value.errors] == [
        'stacks/o.yml:6: credential: "a.json" is not in the wallet. Did you mean "aa.json"?',
        'stacks/o.yml:13: credential: "b.json#/x" is not in that file. Known in it: b.json.',
    ]
    refuse_unknown([stack], entries, ("a.json", "b.json"))
    left = list(remarks([stack], entries, ("a.json",)))
    assert left == ['stacks/o.yml:6: "a.json" is not published, so nothing stands for this part.']


def test_an_achievement_that_is_nearly_right() -> None:
    text = "title: A\nparts:\n  - achievement: https://x.example/achievments/bees\n  - achievement: https://y.example\n"
    stack = stacks.parse("stacks/a.yml", text.encode())
    said = list(remarks([stack], [entry("a.json", "https://x.example/achievements/bees")], ()))
    assert said == [
        'stacks/a.yml:3: achievement: no credential here is for "https://x.example/achievments/bees".'
        ' Did you mean "https://x.example/achievements/bees"?'
    ]
