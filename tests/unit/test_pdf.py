"""Signed PDF documents: what the build says of a signature, and that a hostile file does not stop it."""

from __future__ import annotations

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from portfolio_gen import cli, pdf
from portfolio_gen.site.gather import Checker
from portfolio_gen.verifier import verify

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
