"""Skills across issuers: which names are one skill, at which addresses, and which only the owner states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from unit.test_pages import SITE, SUBJECT, entry, fact, render

from portfolio_gen import pages
from portfolio_gen.frameworks import framework_of
from portfolio_gen.pages.skills import by_skill
from portfolio_gen.report import Fact
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.skill_words import SkillWords, faults, folded, words_of
from portfolio_gen.vocabulary import message

FIELDS = {
    "name": "skill",
    "framework": "skillFramework",
    "code": "skillCode",
    "url": "skillLink",
    "text": "skillDescription",
}
MEMBERS = {"name": "Name", "framework": "Framework", "code": "Code", "url": "Url", "text": "Description"}


def aligned(at: str, **said: str) -> tuple[Fact, ...]:
    kinds = {"url": "link", "text": "markdown"}
    return tuple(
        fact(FIELDS[key], f"{at}/target{MEMBERS[key]}", text, kinds.get(key, "text")) for key, text in said.items()
    )


def credential(name: str, *skills: dict[str, str], more: Sequence[Fact] = (), **options: Any) -> pages.Entry:
    facts = [one for number, said in enumerate(skills) for one in aligned(f"{SUBJECT}/alignment/{number}", **said)]
    return entry(f"{name}.json", fact("name", f"{SUBJECT}/name", name), *facts, *more, slug=name, **options)


def names(entries: Sequence[pages.Entry], words: SkillWords | None = None) -> dict[str, list[str]]:
    return {
        skill.name: [item.entry.slug for item in skill.listed] for skill in by_skill(entries, words or SkillWords())
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"name": "Data analysis", "framework": "A"}, {"name": "data  Analysis", "framework": "B"}, True),
        ({"name": "Data analysis", "framework": "A"}, {"name": "Datenanalyse", "framework": "A"}, False),
        (
            {"name": "Data analysis", "url": "https://s.example/1"},
            {"name": "Analyse", "url": "https://s.example/1/"},
            True,
        ),
        (
            {"name": "Data analysis", "url": "https://s.example/"},
            {"name": "Analyse", "url": "https://s.example"},
            False,
        ),
        ({"name": "Data analysis", "url": "urn:uuid:1"}, {"name": "Analyse", "url": "urn:uuid:1"}, False),
        (
            {"name": "Data analysis", "framework": "ESCO", "code": "S1"},
            {"name": "Analyse", "framework": "esco v1.2", "code": "s1"},
            True,
        ),
        (
            {"name": "Data analysis", "framework": "A", "code": "1"},
            {"name": "Care", "framework": "B", "code": "1"},
            False,
        ),
        ({"name": "Data analysis", "code": "1"}, {"name": "Care", "code": "1"}, False),
        (
            {"name": "Data analysis", "framework": "A", "code": "1", "url": "https://s.example/all"},
            {"name": "Care", "framework": "A", "code": "2", "url": "https://s.example/all"},
            False,
        ),
    ],
)
def test_which_names_are_one_skill(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    found = names([credential("a", one), credential("b", other)])
    assert sorted(found.values()) == ([["a", "b"]] if same else [["a"], ["b"]])


def test_what_a_credential_gives_to_two_skills_joins_none() -> None:
    shared = {"url": "https://s.example/catalogue", "framework": "A"}
    both = credential("both", {"name": "Care", **shared}, {"name": "Flying", **shared})
    assert set(names([both, credential("c", {"name": "Welding", **shared})])) == {"Care", "Flying", "Welding"}


def test_the_owner_s_synonyms_join_and_name_a_skill() -> None:
    words = words_of({"synonyms": {"Data analysis": ["Datenanalyse", "data analytics"]}})
    entries = [credential("a", {"name": "Data Analytics"}), credential("b", {"name": "Datenanalyse"})]
    assert names(entries, words) == {"Data analysis": ["a", "b"]}
    assert set(names(entries)) == {"Data Analytics", "Datenanalyse"}


def test_every_name_keeps_an_address_which_leads_to_the_skill_s_page() -> None:
    entries = [credential("a", {"name": "Data Analytics"}), credential("b", {"name": "Datenanalyse"})]
    site = replace(SITE, skills=words_of({"synonyms": {"Data analysis": ["Datenanalyse", "data analytics"]}}))
    apart = {page.address for page in pages.compose(entries, (), SITE) if page.kind == "skill"}
    joined = {page.address: page for page in pages.compose(entries, (), site) if page.kind == "skill"}
    assert set(joined) == apart
    (whole,) = [page for page in joined.values() if page.search]
    (other,) = [page for page in joined.values() if not page.search]
    assert whole.title == "Data analysis"
    assert f'href="../../{whole.address}"' in render(other)
    assert "data-credential" not in render(other)
    assert render(whole).count('data-view="card"') == 2
    leads = render(next(page for page in pages.compose(entries, (), site) if page.address == "credentials/b/"))
    assert f'href="../../{whole.address}"' in leads


def test_each_credential_says_its_own_words_and_each_framework_has_its_code_and_address() -> None:
    esco = {"name": "analyse data", "framework": "ESCO", "code": "S2.7", "url": "http://data.europa.eu/esco/skill/1"}
    onet = {"name": "Analyse data", "framework": "O*NET-SOC", "code": "4.A.2", "text": "Finds what is in them."}
    (skill,) = [
        page
        for page in pages.compose([credential("a", esco), credential("b", onet, esco)], (), SITE)
        if page.kind == "skill"
    ]
    assert [name for name, _ in skill.data["frameworks"]] == ["ESCO", "O*NET"]
    assert [[item.entry.slug for item in items] for _, items in skill.data["frameworks"]] == [["b"], ["b"]]
    html = render(skill)
    assert html.count('data-view="definition"') == 2
    assert html.count('href="http://data.europa.eu/esco/skill/1"') == 3, "defined once, and in the words of each"
    assert html.count("Finds what is in them.") == 1
    assert html.count("4.A.2") == 2


def test_a_skill_that_stands_in_a_result_comes_first_with_all_results() -> None:
    results = [
        fact("resultName", f"{SUBJECT}/resultDescription/0/name", "Grade"),
        fact("resultId", f"{SUBJECT}/resultDescription/0/id", "urn:r"),
        fact("resultOf", "/credentialSubject/result/0/resultDescription", "urn:r"),
        fact("resultValue", "/credentialSubject/result/0/value", "B"),
        fact("resultValue", "/credentialSubject/result/1/value", "F"),
        *aligned("/credentialSubject/result/0/alignment/0", name="Welding"),
        fact("level", "/level", "EQF 5"),
    ]
    entries = [credential("taught", {"name": "Welding"}), credential("assessed", more=results)]
    (page,) = [page for page in pages.compose(entries, (), SITE) if page.kind == "skill"]
    assert [item.entry.slug for item in page.data["assessed"]] == ["assessed"]
    assert [item.entry.slug for item in page.data["cards"]] == ["taught"]
    html = render(page)
    assert html.index(message("page.skill.assessed")) < html.index(message("page.skill.about"))
    assert ">B<" in html
    assert ">F<" in html
    assert ">EQF 5<" in html
    home = render(next(page for page in pages.compose(entries, (), SITE) if page.address == ""))
    assert ">F<" not in home


def test_what_only_the_owner_states_stands_apart() -> None:
    site = replace(SITE, skills=words_of({"stated": ["welding", "Juggling"], "synonyms": {"Welding": ["Brazing"]}}))
    beside = replace(credential("a", {"name": "Welding"}), owner=Sidecar(skills=("Diving", "Brazing")))
    overview = next(page for page in pages.compose([beside], (), site) if page.address == "skills/")
    assert [(own.name, own.beside) for own in overview.data["stated"]] == [
        ("Juggling", ()),
        ("Diving", (("a", "credentials/a/"),)),
    ]
    apart = render(overview).partition("data-owner>")[2].partition("</section>")[0]
    assert "Juggling" in apart
    assert "data-credential" not in apart
    assert message("page.skills.stated.text", name=SITE.name) in apart
    assert not [page for page in pages.compose([beside], (), site) if page.title == "Juggling"]


def test_a_credential_that_names_no_skill_is_still_compared_with_an_advert() -> None:
    entries = [credential("a", {"name": "Welding"}), credential("none")]
    overview = next(page for page in pages.compose(entries, (), SITE) if page.address == "skills/")
    assert [item.entry.slug for item in overview.data["rest"]] == ["none"]
    assert render(overview).count('data-view="line"') == 2


def test_the_owner_s_words_on_a_credential_are_theirs_and_the_signed_ones_stand_apart() -> None:
    signed = [fact("fieldOfStudy", f"{SUBJECT}/fieldOfStudy", "Logistics"), fact("level", "/level", "EQF 5")]
    owner = Sidecar(industry="Freight", audience="Planners", skills=("Diving",))
    one = replace(credential("a", more=signed), owner=owner)
    html = render(next(page for page in pages.compose([one], (), SITE) if page.address == "credentials/a/"))
    glance = html.partition("pf-section--tells")[2].partition("</section>")[0]
    assert "Logistics" in glance
    assert "EQF 5" in glance
    owners = html.partition('pf-tells" data-owner>')[2].partition("</section>")[0]
    assert all(text in owners for text in ("Freight", "Planners", "Diving", message("page.tells.audience")))
    assert message("page.tells.duration") not in owners, "what nobody stated is left out"
    assert "data-claim" not in owners
    bare = render(next(page for page in pages.compose([credential("b")], (), SITE) if page.address == "credentials/b/"))
    assert "pf-tells" not in bare
    assert "pf-section--tells" not in bare


@pytest.mark.parametrize(
    ("name", "address", "found"),
    [
        ("", "http://data.europa.eu/esco/skill/143769b7", "ESCO"),
        ("Skills of the world", "https://www.onetonline.org/skills/4.A.2", "O*NET"),
        ("", "https://credentialengineregistry.org/resources/ce-1", "CTDL"),
        ("", "https://case.example/ims/case/v1p0/CFItems/1", "CASE"),
        ("", "https://osmt.example/api/skills/0f1d3f6c-1111-4222-8333-444455556666", "Rich Skill Descriptors"),
        ("", "https://skills.example/skills/5.4", ""),
        ("", "https://evil.example/?https://data.europa.eu/esco/skill/1", ""),
        ("ESCO v1.1.1", "", "ESCO"),
        ("O*NET", "", "O*NET"),
        ("Case studies", "", "Case studies"),
        ("Escondido Skills", "", "Escondido Skills"),
        ("Open Skills Atlas", "https://skills-atlas.example/1", "Open Skills Atlas"),
    ],
)
def test_frameworks_are_known_by_their_addresses(name: str, address: str, found: str) -> None:
    assert framework_of(name, address) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Welding", ['found "Welding", expected some of synonyms, stated.']),
        ({"state": []}, ['"state" is not known. Did you mean "stated"?']),
        ({"stated": "Welding"}, ['stated: found "Welding", expected a list of skills.']),
        ({"stated": ["a", 3]}, ["stated: found the number 3 in the list, expected a list of skills."]),
        ({"synonyms": ["a"]}, ["synonyms: found a list, expected skills, each with a list of other words for it."]),
        ({"synonyms": {"a": 1}}, ["synonyms: a: found the number 1, expected a list of other words for it."]),
        ({"synonyms": {"a": ["x"], "b": ["X "]}}, ['synonyms: "x" stands for both a and b. Keep one of them.']),
        ({"stated": ["x" * 201]}, ["stated: found a name of more than 200 characters, expected a list of skills."]),
        ({"stated": [], "synonyms": {"a": "b", "c": ["c", "d"]}}, []),
        (None, []),
    ],
)
def test_all_that_is_wrong_with_the_owner_s_words_is_said(value: Any, found: list[str]) -> None:
    assert list(faults(value)) == found


def test_names_are_compared_without_regard_to_case_spaces_and_encoding() -> None:
    assert folded("  STRASSE\u00a0ﬁne ") == folded("straße fine")


def test_the_owner_s_evidence_stands_apart() -> None:
    kept = (pages.Kept("Rota.png", "credentials/a/evidence/rota.png", True), pages.Kept("Notes.txt", "n.txt", False))
    one = replace(credential("a"), evidence=kept)
    html = render(next(page for page in pages.compose([one], (), SITE) if page.address == "credentials/a/"))
    apart = html.partition(message("page.evidence"))[2].partition("</section>")[0]
    assert 'src="../../credentials/a/evidence/rota.png"' in apart
    assert 'href="../../n.txt"' in apart
    assert html.partition(message("page.evidence"))[0].rstrip().endswith("data-owner>\n<h2>")


def test_synonyms_that_nothing_names_are_told() -> None:
    words = words_of({"synonyms": {"Welding": ["Brazing"], "Flying": ["Gliding"], "Diving": []}, "stated": ["gliding"]})
    site = replace(SITE, skills=words)
    assert pages.unused_synonyms([credential("a", {"name": "brazing"})], site) == ["Diving"]
    assert pages.unused_synonyms([], SITE) == []
