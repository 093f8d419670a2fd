"""Opens a sealed report with pypdf and pikepdf, as its reader would: `read_pdf.py FILE PASSPHRASE OWNER WORDS…`.

Either passphrase opens it, none and a wrong one do not; the text is there; the attachments are there; what the
file says about itself holds none of WORDS. Prints what failed and ends with 1, or prints "ok"."""

import sys

import pikepdf
import pypdf

WRONG = "quite another passphrase"


def by_pypdf(path, passphrases, words):
    for wrong in ("", WRONG):
        assert pypdf.PdfReader(path).decrypt(wrong) == 0, "pypdf opens it with a wrong passphrase"
    for passphrase in passphrases:
        reader = pypdf.PdfReader(path, password=passphrase)
        text = "".join(page.extract_text() for page in reader.pages)
        assert words[0] in text, "pypdf does not find the text"
        about = f"{dict(reader.metadata or {})} {reader.trailer['/Root'].get('/Metadata', b'')}"
        assert not [word for word in words if word in about], "the information names the patient"
        assert sorted(reader.attachments) == ["report.json", "report.sig"], sorted(reader.attachments)


def by_pikepdf(path, passphrases, words):
    for wrong in ("", WRONG):
        try:
            pikepdf.open(path, password=wrong)
        except pikepdf.PasswordError:
            continue
        raise AssertionError("pikepdf opens it with a wrong passphrase")
    for passphrase in passphrases:
        with pikepdf.open(path, password=passphrase) as pdf:
            seal, may = pdf.encryption, pdf.allow
            assert (seal.R, seal.V, seal.bits) == (6, 5, 256), seal
            assert str(seal.stream_method) == str(seal.string_method) == "EncryptionMethod.aesv3", seal
            owner = pdf.owner_password_matched
            assert owner == (passphrase == passphrases[1]), "which passphrase it was"
            assert may.print_highres and may.extract and may.accessibility, may
            assert not may.modify_other and not may.modify_annotation and not may.modify_assembly, may
            about = f"{dict(pdf.docinfo)} {pdf.Root.Metadata.read_bytes().decode()}"
            assert not [word for word in words if word in about], "the metadata names the patient"
            assert words[0].encode() in pdf.attachments["report.json"].get_file().read_bytes()
            kinds = [str(file.AFRelationship) for file in pdf.Root.AF]
            assert kinds == ["/Source", "/Supplement"], kinds


if __name__ == "__main__":
    file, user, owner, *told = sys.argv[1:]
    try:
        by_pypdf(file, (user, owner), told)
        by_pikepdf(file, (user, owner), told)
    except AssertionError as error:
        sys.exit(str(error))
    print("ok")
