"""Looks with pydicom whether copies of DICOM files are without identity.

    python deidentified.py TABLE ORIGINALS COPIES

For every file in COPIES and its original: no attribute that PS3.15 Table E.1-1 names has its old value, at any depth;
no private attribute, curve or overlay is left; the copy says that identity was removed; no text of an attribute that the
table names occurs anywhere in the copy's header; the pixels are the same bytes. Prints what is wrong; exits 1 then.
"""

import sys
import warnings
from pathlib import Path

import pydicom
from pydicom.tag import Tag

warnings.simplefilter("ignore")
table, originals, copies = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
ACTIONS = {}
for line in table.read_text().splitlines():
    tag, _, action = line.partition(" ")
    if not line.startswith("#") and "x" not in tag:
        ACTIONS[Tag(int(tag, 16))] = action

wrong, looked_at, texts_looked_for = [], 0, 0


def elements(dataset, path=()):
    for tag in sorted(dataset.keys()):
        try:
            element = dataset[tag]
        except NotImplementedError:  # Files that others damaged: what pydicom cannot read.
            continue
        yield path + (element.tag,), element
        if element.VR == "SQ":
            for n, item in enumerate(element.value):
                yield from elements(item, path + (element.tag, n))


for copy_path in sorted(copies.iterdir()):
    original = pydicom.dcmread(originals / copy_path.name, force=True)
    copy = pydicom.dcmread(copy_path)

    def complain(what):
        wrong.append(f"{copy_path.name}: {what}")

    if copy.get("PatientIdentityRemoved") != "YES" or not copy.get("DeidentificationMethodCodeSequence"):
        complain("does not say that identity was removed")
    if copy.file_meta.MediaStorageSOPInstanceUID != copy.get("SOPInstanceUID", copy.file_meta.MediaStorageSOPInstanceUID):
        complain("the file meta information names another instance")
    old = {path: element for path, element in elements(original)}
    for path, element in elements(copy):
        if element.tag.is_private or element.tag.group >> 8 in (0x50, 0x60):
            complain(f"{element.tag} is left")
        action = ACTIONS.get(element.tag)
        if action == "X":
            complain(f"{element.name} is left")
        before = old.get(path)
        if action and before is not None and element.VR != "SQ" and not before.is_empty:
            dummies = ("0", "000000", "19000101", "REMOVED")
            well_known = element.VR == "UI" and str(before.value).startswith("1.2.840.10008.")
            if element.value == before.value and str(element.value) not in dummies and not well_known and element.value != 0:
                complain(f"{element.name} is unchanged")
    raw = copy_path.read_bytes()
    pixels = original.get("PixelData", b"")
    header = raw.replace(pixels, b"") if pixels else raw
    if pixels and pixels not in raw and not original.file_meta.get("TransferSyntaxUID", "").endswith(".1.99"):
        complain("the pixels are others")
    kept = {str(e.value) for _, e in elements(original) if e.tag not in ACTIONS and e.VR != "SQ" and not e.tag.is_private}
    for _, element in elements(original):
        if element.tag not in ACTIONS or element.VR not in ("PN", "LO", "SH", "LT", "ST", "UI", "AE", "UT"):
            continue
        for value in element.value if isinstance(element.value, (list, pydicom.multival.MultiValue)) else [element.value]:
            text = str(value)
            # Short words, and those that an attribute which stays holds too, are no proof.
            if len(text) < 6 or text.startswith("1.2.840.10008.") or any(text in word for word in kept):
                continue
            texts_looked_for += 1
            if text.encode("latin-1", "ignore") in header:
                complain(f"the text of {element.name} is left")
    looked_at += 1

print(f"{looked_at} copies looked at, {texts_looked_for} texts looked for")
print(*wrong, sep="\n")
sys.exit(1 if wrong or not looked_at else 0)
