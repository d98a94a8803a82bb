"""Results on their scale: drawn from the checked report only, where the issuer gave a scale, and at the right place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser.test_axe import OVER
from browser.test_site import altered

DESCRIPTION = "/credentialSubject/achievement/resultDescription/0"
RESULT = "/credentialSubject/result/0"
FIELDS = {
    "name": ("resultName", f"{DESCRIPTION}/name"),
    "min": ("resultMin", f"{DESCRIPTION}/valueMin"),
    "max": ("resultMax", f"{DESCRIPTION}/valueMax"),
    "required": ("resultRequired", f"{DESCRIPTION}/requiredValue"),
    "level": ("resultLevel", f"{RESULT}/achievedLevel"),
    "needed": ("resultRequiredLevel", f"{DESCRIPTION}/requiredLevel"),
    "value": ("resultValue", f"{RESULT}/value"),
}


def facts(**said: Any) -> list[dict[str, str]]:
    """A result and its description; `allowed` and `rubric` are lists, and `of` is what the result names."""
    rows = [
        ("resultId", f"{DESCRIPTION}/id", "urn:d"),
        ("resultOf", f"{RESULT}/resultDescription", said.pop("of", "urn:d")),
    ]
    for index, value in enumerate(said.pop("allowed", ())):
        rows.append(("resultAllowed", f"{DESCRIPTION}/allowedValue/{index}", value))
    for index, value in enumerate(said.pop("rubric", ())):
        rows.append(("resultRubricId", f"{DESCRIPTION}/rubricCriterionLevel/{index}/id", value))
    rows += [(*FIELDS[key], value) for key, value in said.items()]
    return [{"field": field, "pointer": pointer, "value": value, "as": "text"} for field, pointer, value in rows]


CASES: dict[str, tuple[list[dict[str, str]], tuple[float, float | None, int] | None]] = {
    "numbers": (facts(min="0", max="200", required="100", value="150"), (0.75, 0.5, 0)),
    "per cent": (facts(min="0%", max="100%", value="25%"), (0.25, None, 0)),
    "from below nought": (facts(min="-10", max="10", value="0.0"), (0.5, None, 0)),
    "needed is off the scale": (facts(min="0", max="10", required="11", value="5"), (0.5, None, 0)),
    "above the highest": (facts(min="0", max="10", value="11"), None),
    "no lowest": (facts(max="4", required="3", value="4"), (1, 0.75, 0)),
    "no lowest, below nought": (facts(max="4", value="-1"), None),
    "two lowest": ([*facts(min="0", max="10", value="5"), facts(min="2")[-1]], None),
    "no highest": (facts(min="0", value="5"), None),
    "upside down": (facts(min="10", max="0", value="5"), None),
    "no number": (facts(min="0", max="10", value="5 points"), None),
    "two highest": ([*facts(min="0", max="10", value="5"), facts(max="20")[-1]], None),
    "of another description": (facts(min="0", max="10", value="5", of="urn:other"), None),
    "a list": (facts(allowed=["D", "C", "B", "A"], required="C", value="B"), (2, 1, 4)),
    "not in the list": (facts(allowed=["D", "C"], value="E"), None),
    "twice in the list": (facts(allowed=["D", "C", "D"], value="D"), None),
    "a list of one": (facts(allowed=["D"], value="D"), None),
    "a rubric": (facts(rubric=["urn:1", "urn:2", "urn:3"], needed="urn:2", level="urn:3"), (2, 1, 3)),
    "another rubric": (facts(rubric=["urn:1", "urn:2"], level="urn:9"), None),
}


@pytest.fixture(scope="module")
def answers(ask: Any) -> dict[str, Any]:
    return dict(zip(CASES, ask([{"do": "scales", "facts": given} for given, _ in CASES.values()]), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_where_a_result_stands(answers: dict[str, Any], name: str) -> None:
    _, expected = CASES[name]
    answer = answers[name]
    found = [(one["at"], one["needed"], one["steps"]) for one in answer["is"]]
    assert found == ([] if expected is None else [expected])


@pytest.fixture
def context(browser: Any) -> Any:
    context = browser.new_context()
    yield context
    context.close()


def drawings(page: Any, address: str) -> int:
    page.goto(address)
    page.wait_for_function(OVER)
    page.wait_for_load_state("networkidle")
    count: int = page.locator("svg.pf-scale").count()
    return count


def test_a_result_is_drawn_only_where_the_page_is_as_signed(demo: Any, demo_address: str, context: Any) -> None:
    entry = next(one for one in demo.entries if one.file.name == "data-analyst.json")
    page = context.new_page()
    assert drawings(page, demo_address + entry.address) > 0
    assert page.locator("[data-credential]").first.get_attribute("data-verdict") == "verified"
    assert page.locator("svg.pf-scale").first.get_attribute("aria-hidden") == "true"
    value = next(str(fact.value) for fact in entry.report.credential if fact.field == "resultValue")
    altered(context, re.compile(f"{entry.address}$"), lambda html: html.replace(f">{value}<", ">99<", 1))
    assert drawings(page, demo_address + entry.address) == 0
    assert page.locator("[data-credential]").first.get_attribute("data-verdict") == "failed"


def test_a_drawing_that_the_page_brings_is_no_fact(demo: Any, demo_address: str, context: Any) -> None:
    entry = next(one for one in demo.entries if one.file.name == "data-analyst.json")
    drawn = '<dl class="pf-facts"><div><svg class="pf-scale"><rect width="200" height="10"/></svg></div>'
    altered(context, re.compile(f"{entry.address}$"), lambda html: html.replace('<dl class="pf-facts">', drawn, 1))
    page = context.new_page()
    page.goto(demo_address + entry.address)
    page.wait_for_function(OVER)
    assert page.locator("[data-credential]").first.get_attribute("data-verdict") == "failed"
