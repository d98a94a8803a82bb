"""Signed PDF documents: what the build says of a signature, and that a hostile file does not stop it."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from browser import portfolios
from browser.portfolios import portfolio_of
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from portfolio_gen import cli, pdf
from portfolio_gen.site.gather import Checker
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-06-01T12:00:00Z"


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A page of nothing, signed as PAdES with a key that signs its own certificate."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Registrar of Fernwald")])
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=30))
        .add_extension(x509.KeyUsage(True, True, *(False,) * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    store = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, serialization.NoEncryption())
    signer = signers.SimpleSigner.load_pkcs12_data(store, other_certs=[], passphrase=None)
    writer = IncrementalPdfFileWriter(BytesIO(plain()))
    meta = signers.PdfSignatureMetadata(field_name="Signature1", subfilter=fields.SigSeedSubFilter.PADES)
    with ThreadPoolExecutor(
        1
    ) as apart:  # pyHanko runs a loop of its own, and the browser's tests have one in this thread
        return bytes(apart.submit(signers.sign_pdf, writer, meta, signer=signer).result().getvalue())


def plain() -> bytes:
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, pdf_name
    from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

    writer = PdfFileWriter()
    empty = writer.add_object(DictionaryObject({NameObject("/Kind"): pdf_name("/Nothing")}))
    page = PageObject(contents=empty, media_box=(0, 0, 100, 100))
    writer.insert_page(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_good_signature_names_its_certificate(signed: bytes) -> None:
    when, says = pdf.told(signed, NOW)
    assert "2026-06-01" in when
    assert "not in your browser" in when
    assert says.startswith("The whole file is unchanged since the key of “Common Name: Registrar of Fernwald” signed")


def test_a_change_is_told(signed: bytes) -> None:
    changed = signed.replace(b"[ 0 0 100 100 ]", b"[ 0 0 100 101 ]").replace(b"[0 0 100 100]", b"[0 0 100 101]")
    assert changed != signed
    assert "does not match" in pdf.told(changed, NOW)[1]


def test_what_is_added_afterwards_is_told(signed: bytes) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Lang"] = writer.root["/Type"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    assert "the file holds more than that" in pdf.told(out.getvalue(), NOW)[1]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n/ByteRange", b"%PDF-1.7\n" + b"<<" * 100_000 + b"/ByteRange"])
def test_what_cannot_be_read_is_said_so(data: bytes) -> None:
    assert "could not be checked" in pdf.told(data, NOW)[1]


def test_both_verifiers_leave_it_to_the_build(signed: bytes) -> None:
    report = verify(signed, now=NOW)
    assert (report.format, report.verdict) == ("pdf", "cannot-check")
    assert report.checks["readable"].code == "CHECKED_AT_BUILD"


def test_the_build_s_result_stands_beside_the_file(tmp_path: Path, signed: bytes) -> None:
    (tmp_path / "diploma.pdf").write_bytes(signed)
    (tmp_path / "letter.pdf").write_bytes(plain())
    found = Checker().gather(tmp_path, NOW)
    [entry] = found.entries
    assert (entry.file.name, len(entry.built)) == ("diploma.pdf", 2)
    assert [left.name for left in found.left_out] == ["letter.pdf"]


def test_the_command_says_it_beside_the_report(
    tmp_path: Path, signed: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "diploma.pdf"
    file.write_bytes(signed)
    assert cli.run(["verify", "--json", str(file)]) == 3
    [row] = json.loads(capsys.readouterr().out)["reports"]
    assert row["checks"]["readable"]["code"] == "CHECKED_AT_BUILD"
    assert row["checked_apart"] == list(pdf.told(signed, row["checked_at"]))


# In a site that was published.


@pytest.fixture(scope="module", params=["en", "de"])
def built(request: pytest.FixtureRequest, signed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("diploma")
    site: Path = portfolio_of(folder, {"diploma.pdf": signed}, language=request.param).site_dir
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


found_in = partial(portfolios.found_in, now=NOW)


def page_of(site: Path) -> Path:
    row = json.loads((site / "portfolio.json").read_bytes())["credentials"][0]
    return site / row["page"] / "index.html"


def file_of(site: Path) -> str:
    name: str = json.loads((site / "portfolio.json").read_bytes())["credentials"][0]["file"]
    return name


def test_a_published_pdf_is_checked_again(site: Path, signed: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", "--now", NOW, str(site)]) == 3
    said = capsys.readouterr().out
    for line in pdf.told(signed, NOW):
        assert f"  {line}\n" in said
    assert message("site.fine") in said
    assert cli.run(["verify", "--json", "--now", NOW, str(site)]) == 3
    whole = json.loads(capsys.readouterr().out)
    assert whole["problems"] == []
    [row] = whole["reports"]
    assert row["checked_apart"] == list(pdf.told(signed, NOW))


def test_so_is_one_at_an_address(
    site: Path, signed: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://ada.example/portfolio/"

    class Server:
        def fetch(self, asked: str, now: str) -> dict[str, Any]:
            file = site / asked.removeprefix(address)
            found = file.is_file()
            data = file.read_bytes() if found else b""
            return {"bytes": data, "status": 200 if found else 404, "type": "", "at": now, "source": "live"}

    monkeypatch.setattr(cli, "HttpsFetcher", Server)
    assert cli.run(["verify", "--json", "--now", NOW, "--online", address]) == 3
    [row] = json.loads(capsys.readouterr().out)["reports"]
    assert row["checked_apart"] == list(pdf.told(signed, NOW))
    page = page_of(site)
    page.write_text(page.read_text("utf-8").replace("Registrar of Fernwald", "Registrar of Oxford"), "utf-8")
    assert cli.run(["verify", "--json", "--now", NOW, "--online", address]) == 1
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]] == ["apart"]


STATED = {
    "another signer": (r"Registrar of Fernwald", "Registrar of Oxford", 2),
    "another result": (r'(pf-built".*?<p [^>]*>.*?</p>\s*<p [^>]*>)[^<]*', r"\1All is well.", 1),
    "one line more": (r'(pf-built".*?</p>)', r"\1<p>The ministry has confirmed it.</p>", 1),
    "not when": (r'(pf-built" data-owner>\s*)<p [^>]*>[^<]*</p>', r"\1", 1),
    "nothing": (r'<section class="pf-section pf-built".*?</section>', "", 1),
}


@pytest.mark.parametrize("stated", STATED)
def test_a_page_that_states_another_result_is_told(site: Path, stated: str) -> None:
    old, new, times = STATED[stated]
    page = page_of(site)
    html, count = re.subn(old, new, page.read_text("utf-8"), flags=re.DOTALL)
    assert count == times
    page.write_text(html, "utf-8")
    [problem] = found_in(site).problems
    assert (problem.code, problem.path) == ("apart", page.relative_to(site).as_posix())
    assert "Registrar of Fernwald" in problem.says


def test_the_day_of_the_build_may_be_any(site: Path) -> None:
    page = page_of(site)
    html, count = re.subn(r"(pf-built.*?)\d{4}-\d\d-\d\d", r"\g<1>2020-02-02", page.read_text("utf-8"), flags=re.DOTALL)
    assert count == 1
    page.write_text(html, "utf-8")
    assert found_in(site).problems == []


def test_a_pdf_that_is_no_longer_the_one_that_was_built_is_told(site: Path, signed: bytes) -> None:
    changed = signed.replace(b"[ 0 0 100 100 ]", b"[ 0 0 100 101 ]").replace(b"[0 0 100 100]", b"[0 0 100 101]")
    (site / file_of(site)).write_bytes(changed)
    found = found_in(site)
    assert {"altered", "apart"} <= {problem.code for problem in found.problems}
    [finding] = found.apart[file_of(site)]
    assert not finding["good"]


def test_a_result_that_is_stated_of_another_file_is_told(tmp_path: Path) -> None:
    """Of a credential that the two verifiers check, nothing is found apart from them."""
    course = (ROOT / "sample_wallet/credentials/course-foundations.json").read_bytes()
    site: Path = portfolio_of(tmp_path, {"course.json": course}).site_dir
    page = page_of(site)
    says = '<section class="pf-section pf-built" data-owner><p>The whole file is unchanged.</p></section>'
    page.write_text(page.read_text("utf-8").replace('<div class="pf-both"', f'{says}<div class="pf-both"'), "utf-8")
    assert {problem.code for problem in found_in(site).problems} == {"apart"}
