"""The CV: what stands where, and a skill by itself."""

from __future__ import annotations

from test_exports import SITE, credential, entries_of

from portfolio_gen.pages import Entry, compose
from portfolio_gen.pages.page import SiteInfo
from portfolio_gen.report import Report
from portfolio_gen.shown import Claim, Snapshot, compare

SKILLS = [{"name": name, "url": f"https://skills.example/{name}"} for name in ("Weaving", "Dyeing")]


def cv_of(entries: tuple[Entry, ...], site: SiteInfo) -> dict[str, object]:
    return dict(next(page for page in compose(entries, (), site) if page.kind == "cv").data)


def test_degrees_stand_under_education_and_all_has_its_address() -> None:
    site = SiteInfo(SITE.name, exports=(("cv", ""),), address="https://ada.example/work")
    degree, badge = credential("Mathematics", type="MasterDegree"), credential("Weaving", skills=SKILLS)
    data = cv_of(entries_of({"degree.json": degree, "badge.json": badge}), site)
    parts = {part.name: [line.item.entry.file.name for line in part.lines] for part in data["parts"]}  # type: ignore[attr-defined]
    assert parts == {"education": ["degree.json"], "credentials": ["badge.json"]}
    urls = [line.url for part in data["parts"] for line in part.lines]  # type: ignore[attr-defined]
    assert all(url.startswith("https://ada.example/work/credentials/") for url in urls)
    assert [skill.item.skills for skill in data["skills"]] == [(("", "Dyeing"),), (("", "Weaving"),)]  # type: ignore[attr-defined]


def test_there_is_none_unless_the_owner_wants_one() -> None:
    pages = compose(entries_of({"badge.json": credential()}), (), SiteInfo("Ada", exports=(("csv", "export/a.csv"),)))
    assert not [page for page in pages if page.kind == "cv"]


def report() -> Report:
    return entries_of({"badge.json": credential(skills=SKILLS)})[0].report


def skill(text: str, field: str = "skill") -> Claim:
    pointer = next(fact.pointer for fact in report().credential if fact.field == "skill")
    return Claim(field, pointer, text, None, True, "Skill", 0)


def test_a_skill_may_stand_by_itself_but_must_be_there() -> None:
    def code(*claims: Claim) -> str:
        return compare(Snapshot("skill", claims, ()), report())[0].code

    assert code(skill("Weaving")) == "OK"
    assert code(skill("Flying")) == "SHOWN_DIFFERS"
    assert code() == "SHOWN_MISSING"
    assert code(skill("Weaving"), skill("d", "description")) == "SHOWN_DIFFERS"
