"""Holds the codes of a DICOM structured report against pydicom's own tables.

    python sr_codes.py FILE…

Every code of DICOM's (DCM) and of UCUM must have the meaning that the standard gives it, and pydicom must know it.
Prints what differs and how many were compared; exits 1 where something differs.
"""

import sys

import pydicom
from pydicom.sr import _concepts_dict as tables

KNOWN = {
    (scheme, value): meaning
    for scheme, names in tables.concepts.items()
    for values in names.values()
    for value, (meaning, *_) in values.items()
}


def codes(dataset):
    for element in dataset.iterall():
        if element.VR == "SQ":
            for item in element.value:
                if "CodeMeaning" in item:
                    yield item.CodingSchemeDesignator, item.get("CodeValue") or item.LongCodeValue, item.CodeMeaning


compared, wrong = set(), []
for path in sys.argv[1:]:
    for scheme, value, meaning in codes(pydicom.dcmread(path)):
        expected = KNOWN.get((scheme, value))
        if scheme not in ("DCM", "UCUM"):
            continue
        compared.add((scheme, value))
        if expected is None or expected.casefold() != meaning.casefold():
            wrong.append(f"({value}, {scheme}): {meaning!r}, not {expected!r}")
print(*sorted(set(wrong)), f"{len(compared)} codes compared", sep="\n")
sys.exit(1 if wrong or not compared else 0)
