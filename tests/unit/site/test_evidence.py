"""Evidence that the owner has as files: beside a credential, as theirs, but nothing that a browser would run."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from portfolio_gen.errors import ConfigError
from portfolio_gen.pages import Kept
from portfolio_gen.sidecar import of
from portfolio_gen.site.gather import Checker, Gathered
from portfolio_gen.vocabulary import message

NOW = "2026-06-01T12:00:00Z"
MINIMAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": "urn:x",
    "credentialSubject": {"id": "urn:y"},
}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def gathered(folder: Path, evidence: str, **more: bytes) -> Gathered:
    (folder / "a.json").write_text(json.dumps(MINIMAL), "utf-8")
    (folder / "a.json.yml").write_text(f"evidence: {evidence}\n", "utf-8")
    for name, data in more.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return Checker().gather(folder, NOW)


def test_files_are_published_beside_the_credential(tmp_path: Path) -> None:
    found = gathered(tmp_path, "[Photo.png, notes.txt]", Photo__png=PNG, notes__txt=b"Rota, week 9", loose__txt=b"x")
    (entry,) = found.entries
    assert [(kept.name, kept.is_picture) for kept in entry.evidence] == [("Photo.png", True), ("notes.txt", False)]
    assert all(kept.src.startswith(f"evidence/{entry.slug}/") for kept in entry.evidence)
    assert found.evidence == {entry.evidence[0].src: PNG, entry.evidence[1].src: b"Rota, week 9"}
    assert [left.name for left in found.left_out] == ["loose.txt"]


def test_a_credential_as_evidence_has_its_own_page(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(json.dumps({**MINIMAL, "issuer": "urn:z"}), "utf-8")
    found = gathered(tmp_path, "[b.txt]")
    first, other = found.entries
    assert first.evidence == (Kept("b.txt", other.address, is_picture=False),)
    assert found.evidence == {}
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ("[page.html]", 'a.json.yml: evidence: "page.html": expected a file of one of the kinds .png'),
        ("[drawing.svg]", 'a.json.yml: evidence: "drawing.svg": expected a file of one of the kinds .png'),
        ("[gone.png]", 'a.json.yml: evidence: "gone.png": there is no such file in the wallet.'),
        ("[../../x.png]", 'a.json.yml: evidence: "../../x.png": there is no such file in the wallet.'),
        ("photo.png", 'a.json.yml:1: evidence: found "photo.png", expected a list of names of files, each a text.'),
    ],
)
def test_what_cannot_be_evidence_is_said(tmp_path: Path, evidence: str, found: str) -> None:
    with pytest.raises(ConfigError) as caught:
        gathered(tmp_path, evidence, page__html=b"<p>", drawing__svg=b"<svg/>")
    assert str(caught.value).startswith(found)


def test_private_keys_and_personal_data_in_it_are_found(tmp_path: Path) -> None:
    body = b"MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
    key = b"-----BEGIN PRIVATE KEY-----\n" + body + b"\n-----END PRIVATE KEY-----\n"
    assert gathered(tmp_path, "[k.txt]", k__txt=key).secrets
    found = gathered(tmp_path, "[k.txt]", k__txt=b"Write to ada.owner@mail.example today")
    assert found.evidence == {}
    assert [left.name for left in found.left_out] == ["k.txt"]


def test_mkdocs_yml_may_name_it_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(MINIMAL), "utf-8")
    (tmp_path / "photo.png").write_bytes(PNG)
    found = Checker().gather(tmp_path, NOW, curated={"a.json": of({"evidence": ["photo.png"]})})
    assert [kept.name for kept in found.entries[0].evidence] == ["photo.png"]
    with pytest.raises(ConfigError, match=r'mkdocs.yml: curate: evidence: "page.html"'):
        Checker().gather(tmp_path, NOW, curated={"a.json": of({"evidence": ["page.html"]})})


def test_a_picture_that_says_where_it_was_taken_is_left_out(tmp_path: Path) -> None:
    picture, data = Image.new("RGB", (8, 8)), io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (59.0, 54.0, 0.0)}
    picture.save(data, "JPEG", exif=exif)
    found = gathered(tmp_path, "[home.jpg]", home__jpg=data.getvalue())
    assert found.entries[0].evidence == ()
    assert message("evidence.located") in [
        left.reason for left in (*found.skipped, *found.unpublished) if left.name == "home.jpg"
    ]


def test_a_hidden_file_is_no_evidence(tmp_path: Path) -> None:
    (tmp_path / "Photo.png.yml").write_text("hide: true\n", "utf-8")
    found = gathered(tmp_path, "[Photo.png]", Photo__png=PNG)
    assert found.entries[0].evidence == ()
