"""The short form of a credential: YAML that says what was achieved, made into Open Badges 3.0.

A template is either the short form, with the keys of `SHORT_FORM`, or `credential:` with the JSON of
a credential as it is. All that is wrong with it is reported at once. Signs nothing.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import rfc8785

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import Marked, Place, said, suggestion

VC2 = "https://www.w3.org/ns/credentials/v2"
VC1 = "https://www.w3.org/2018/credentials/v1"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

MOST_IMAGE_BYTES = 1_000_000
MOST_NUMBER = 2**53 - 1
IMAGES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp", ".svg": "svg+xml"}

_CLOSED_LISTS: Mapping[str, list[str]] = json.loads(
    resources.files("portfolio_gen").joinpath("data/openbadges.json").read_text("utf-8")
)

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z")


@dataclass
class _Reader:
    """Reads values of a template and collects what is wrong with them."""

    template: Marked
    folder: Path
    problems: list[ConfigProblem] = field(default_factory=list)

    def problem(self, at: Place, message: str) -> None:
        where = ".".join(str(step + 1) if isinstance(step, int) else step for step in at)
        self.problems.append(self.template.problem(at, f"{where}: {message}" if where else message))

    def wrong(self, at: Place, found: object, expected: str) -> None:
        self.problem(at, f"found {said(found)}, expected {expected}.")


Shape = Callable[[_Reader, Any, Place], Any]
"""Turns a value of the template into a value of the credential, or notes a problem and returns None."""


def _text(reader: _Reader, value: Any, at: Place) -> str | None:
    if isinstance(value, str) and value.strip():
        return value
    quotes = " (put it in quotes)" if isinstance(value, bool | int | float) else ""
    reader.wrong(at, value, f"text{quotes}")
    return None


def _matching(pattern: re.Pattern[str], expected: str) -> Shape:
    def shape(reader: _Reader, value: Any, at: Place) -> str | None:
        if isinstance(value, str) and pattern.match(value):
            return value
        reader.wrong(at, value, expected)
        return None

    return shape


_identifier = _matching(_IDENTIFIER, "an identifier such as https://…, did:… or urn:uuid:…")
_link = _matching(_WEB, "a web address (https://…)")


def _number(reader: _Reader, value: Any, at: Place) -> int | float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST_NUMBER:
        return value
    reader.wrong(at, value, "a number")
    return None


def _date(reader: _Reader, value: Any, at: Place) -> str | None:
    """A day is its first moment in UTC: credentials carry XSD dateTimeStamps."""
    if isinstance(value, str) and (_DATE.match(value) or _DATE_TIME.match(value)):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            reader.wrong(at, value, "a day and a time that exist")
            return None
        return f"{value}T00:00:00Z" if _DATE.match(value) else value
    reader.wrong(at, value, "a date such as 2026-03-14, or 2026-03-14T09:00:00Z")
    return None


def _one_of(list_name: str) -> Shape:
    words = _CLOSED_LISTS[list_name]

    def shape(reader: _Reader, value: Any, at: Place) -> str | None:
        if isinstance(value, str) and (value in words or value.startswith("ext:")):
            return value
        reader.problem(at, f'found {said(value)}.{suggestion(value, words)} One of {", ".join(words)}, or "ext:…".')
        return None

    return shape


def _list_of(item: Shape) -> Shape:
    """A list; a single item stands for a list of one."""

    def shape(reader: _Reader, value: Any, at: Place) -> list[Any]:
        if not isinstance(value, list):
            return [item(reader, value, at)]
        return [item(reader, entry, (*at, index)) for index, entry in enumerate(value)]

    return shape


def _object(type: str | None, members: Mapping[str, tuple[Shape, str]], required: tuple[str, ...]) -> Shape:
    """A mapping with these keys, made into an object of a type: key → (shape, member's name)."""

    def shape(reader: _Reader, value: Any, at: Place) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            reader.wrong(at, value, f"a mapping with {', '.join(members)}")
            return None
        made: dict[str, Any] = {"type": [type]} if type else {}
        for key, entry in _known(reader, value, at, members, required):
            shape_of_member, name = members[key]
            made[name] = shape_of_member(reader, entry, (*at, key))
        return made

    return shape


def _known(
    reader: _Reader, value: Mapping[Any, Any], at: Place, keys: Mapping[str, Any], required: tuple[str, ...]
) -> list[tuple[str, Any]]:
    """Return the entries with known keys, in the order of `keys`; note unknown and missing ones."""
    for key in value:
        if key not in keys:
            near = suggestion(key, keys) or f" Known here: {', '.join(keys)}."
            reader.problem((*at, str(key)), f"this key is not known.{near}")
    for key in required:
        if value.get(key) is None:
            reader.problem(at, f'"{key}" is missing; every credential needs it here.')
    return [(key, value[key]) for key in keys if value.get(key) is not None]


def _criteria(reader: _Reader, value: Any, at: Place) -> Any:
    if isinstance(value, str):
        return {"narrative": _text(reader, value, at)}
    return _object(None, {"url": (_link, "id"), "narrative": (_text, "narrative")}, ())(reader, value, at)


def _image(reader: _Reader, value: Any, at: Place) -> Any:
    if isinstance(value, Mapping):
        return _IMAGE(reader, value, at)
    return {"type": ["Image"], "id": _picture(reader, value, at)}


def _picture(reader: _Reader, value: Any, at: Place) -> str | None:
    """The picture file's bytes as a data: URI, so that the signature covers the picture itself."""
    if not isinstance(value, str) or Path(value).suffix.lower() not in IMAGES:
        reader.wrong(at, value, f"the name of a picture file beside the template ({', '.join(IMAGES)})")
        return None
    try:
        data = (reader.folder / value).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        reader.problem(at, f"the picture {said(value)} cannot be read: {why}.")
        return None
    if len(data) > MOST_IMAGE_BYTES:
        reader.problem(at, f"the picture is {len(data)} bytes; at most {MOST_IMAGE_BYTES} fit into a credential.")
    return f"data:image/{IMAGES[Path(value).suffix.lower()]};base64,{base64.b64encode(data).decode()}"


def _recipient(reader: _Reader, value: Any, at: Place) -> Any:
    if isinstance(value, str):
        return {"id": value} if _IDENTIFIER.match(value) else {"name": _text(reader, value, at)}
    return _object(None, {"id": (_identifier, "id"), "name": (_text, "name")}, ())(reader, value, at)


def _issuer(reader: _Reader, value: Any, at: Place) -> Any:
    return _PROFILE(reader, {"name": value} if isinstance(value, str) else value, at)


def _activity(reader: _Reader, value: Any, at: Place) -> Any:
    days = {"from": (_date, "activityStartDate"), "to": (_date, "activityEndDate")}
    return _object(None, days, ())(reader, value, at)


_IMAGE = _object("Image", {"file": (_picture, "id"), "caption": (_text, "caption")}, ("file",))
_PROFILE = _object(
    "Profile",
    {
        "name": (_text, "name"),
        "url": (_link, "url"),
        "email": (_text, "email"),
        "description": (_text, "description"),
        "image": (_image, "image"),
    },
    ("name",),
)
_SKILL = _object(
    "Alignment",
    {
        "name": (_text, "targetName"),
        "url": (_link, "targetUrl"),
        "description": (_text, "targetDescription"),
        "code": (_text, "targetCode"),
        "framework": (_text, "targetFramework"),
        "type": (_one_of("targetType"), "targetType"),
    },
    ("name", "url"),
)
_EVIDENCE = _object(
    "Evidence",
    {
        "url": (_link, "id"),
        "name": (_text, "name"),
        "description": (_text, "description"),
        "narrative": (_text, "narrative"),
        "genre": (_text, "genre"),
        "audience": (_text, "audience"),
    },
    (),
)
_RESULT = _object(
    None,
    {
        "name": (_text, "name"),
        "type": (_one_of("resultType"), "resultType"),
        "min": (_text, "valueMin"),
        "max": (_text, "valueMax"),
        "required": (_text, "requiredValue"),
        "allowed": (_list_of(_text), "allowedValue"),
        "value": (_text, "value"),
        "status": (_one_of("status"), "status"),
    },
    ("name",),
)

SHORT_FORM: Mapping[str, tuple[Shape, str]] = {
    "credentialName": (_text, "/name"),
    "id": (_identifier, "/id"),
    "issuer": (_issuer, "/issuer"),
    "validFrom": (_date, "/validFrom"),
    "validUntil": (_date, "/validUntil"),
    "awardedDate": (_date, "/awardedDate"),
    "recipient": (_recipient, "/credentialSubject"),
    "achievementId": (_identifier, "/credentialSubject/achievement/id"),
    "name": (_text, "/credentialSubject/achievement/name"),
    "type": (_one_of("achievementType"), "/credentialSubject/achievement/achievementType"),
    "description": (_text, "/credentialSubject/achievement/description"),
    "criteria": (_criteria, "/credentialSubject/achievement/criteria"),
    "image": (_image, "/credentialSubject/achievement/image"),
    "skills": (_list_of(_SKILL), "/credentialSubject/achievement/alignment"),
    "tags": (_list_of(_text), "/credentialSubject/achievement/tag"),
    "creator": (_issuer, "/credentialSubject/achievement/creator"),
    "credits": (_number, "/credentialSubject/achievement/creditsAvailable"),
    "fieldOfStudy": (_text, "/credentialSubject/achievement/fieldOfStudy"),
    "specialization": (_text, "/credentialSubject/achievement/specialization"),
    "humanCode": (_text, "/credentialSubject/achievement/humanCode"),
    "version": (_text, "/credentialSubject/achievement/version"),
    "language": (_text, "/credentialSubject/achievement/inLanguage"),
    "results": (_list_of(_RESULT), "/credentialSubject/result"),
    "creditsEarned": (_number, "/credentialSubject/creditsEarned"),
    "activity": (_activity, "/credentialSubject"),
    "narrative": (_text, "/credentialSubject/narrative"),
    "role": (_text, "/credentialSubject/role"),
    "term": (_text, "/credentialSubject/term"),
    "licenseNumber": (_text, "/credentialSubject/licenseNumber"),
    "evidence": (_list_of(_EVIDENCE), "/evidence"),
}
"""The keys of the short form: how each is read, and where it goes (a JSON pointer; objects there are joined)."""

REQUIRED = ("name", "description", "criteria", "issuer")


def credential_of(template: Marked, issuer: str, created: str, folder: Path) -> dict[str, Any]:
    """Return the unsigned credential that a template describes, issued by the DID `issuer`.

    Identifiers that the template does not give are derived from its content (UUIDs of version 5), so that
    the same template, key and time give the same credential. Pictures are read from `folder`.

    Raises:
        ConfigError: all that is wrong with the template, with file and line.
    """
    reader = _Reader(template, folder)
    value = template.value
    if not isinstance(value, Mapping):
        reader.wrong((), value, f"a mapping with {', '.join(REQUIRED)} …")
        made = {}
    elif "credential" in value:
        made = _raw(reader, value, issuer)
    else:
        made = _short(reader, value)
    if reader.problems:
        raise ConfigError(sorted(reader.problems, key=lambda problem: problem.line or 0))
    return _complete(made, issuer, created)


def _short(reader: _Reader, value: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@context": [VC2, OB3],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": {"type": ["Achievement"]}},
    }
    for key, entry in _known(reader, value, (), SHORT_FORM, REQUIRED):
        shape, pointer = SHORT_FORM[key]
        _put(made, pointer.split("/")[1:], shape(reader, entry, (key,)))
    if not reader.problems:
        _describe_results(made["credentialSubject"])
        made.setdefault("name", value["name"])
    return made


def _put(made: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        made = made[step]
    last = steps[-1]
    if isinstance(made.get(last), dict) and isinstance(value, dict):
        made[last].update(value)
    else:
        made[last] = value


def _describe_results(subject: dict[str, Any]) -> None:
    """Split each result in what could be achieved (the achievement's) and what was (the subject's): OB 3.0 B.1.21."""
    achieved: list[dict[str, Any]] = []
    described: list[dict[str, Any]] = []
    for result in subject.pop("result", []):
        value = {name: result.pop(name) for name in ("value", "status") if name in result}
        result.setdefault("resultType", "Result")
        identifier = _identifier_of([subject["achievement"], result, len(described)])
        described.append({"id": identifier, "type": ["ResultDescription"], **result})
        achieved.append({"type": ["Result"], "resultDescription": identifier, **value})
    if described:
        subject["achievement"]["resultDescription"] = described
        subject["result"] = achieved


def _raw(reader: _Reader, value: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    for key in value:
        if key != "credential":
            reader.problem((str(key),), 'beside "credential", which is the whole credential, nothing else can stand.')
    raw = value["credential"]
    if not isinstance(raw, Mapping):
        reader.wrong(("credential",), raw, "the members of a credential")
        return {}
    _plain_json(reader, raw, ("credential",))
    if "proof" in raw:
        reader.problem(("credential", "proof"), "the proof is what signing adds; leave it out.")
    given = raw.get("issuer")
    named = given.get("id") if isinstance(given, Mapping) else given
    if named is not None and named != issuer:
        reader.wrong(
            ("credential", "issuer"), named, f"the identifier of the key that signs, {issuer}, or no identifier"
        )
    return dict(raw)


def _plain_json(reader: _Reader, value: Any, at: Place) -> None:
    """YAML knows values that JSON has no words for."""
    if isinstance(value, Mapping):
        for key, entry in value.items():
            if not isinstance(key, str):
                reader.wrong((*at, str(key)), key, "a name (put it in quotes)")
            _plain_json(reader, entry, (*at, str(key)))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            _plain_json(reader, entry, (*at, index))
    elif not isinstance(value, str | int | float | None):
        reader.wrong(at, value, "text, a number, true, false, null, a list or a mapping")
    elif isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:
        reader.wrong(at, value, "a number that every JSON reader reads alike (at most 2⁵³−1)")


def _complete(made: dict[str, Any], issuer: str, created: str) -> dict[str, Any]:
    """Fill in what every credential has and the template left out, in the customary order."""
    contexts = made.get("@context", [VC2, OB3])
    given = made.get("issuer")
    whole: dict[str, Any] = {
        "@context": contexts,
        "id": made.get("id"),
        "type": made.get("type", ["VerifiableCredential", "OpenBadgeCredential"]),
        **({"name": made["name"]} if "name" in made else {}),
        "issuer": {"id": issuer, **given} if isinstance(given, Mapping) else issuer,
    }
    if VC2 in contexts and "validFrom" not in made:
        whole["validFrom"] = created
    whole |= {name: value for name, value in made.items() if name not in whole}
    subject = whole.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    if isinstance(subject, dict) and isinstance(achievement, dict) and "id" not in achievement:
        identified = {"id": _identifier_of([issuer, achievement]), **achievement}
        whole["credentialSubject"] = {**subject, "achievement": identified}
    if whole["id"] is None:
        whole["id"] = _identifier_of([{name: value for name, value in whole.items() if name != "id"}])
    return whole


def _identifier_of(content: list[Any]) -> str:
    """A UUID of version 5 (RFC 9562 5.5) over the canonical JSON of what it names."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, rfc8785.dumps(content).decode())}"
