"""Real pictures that are no scan any pack reads, from Debian packages, for the gates to refuse.

`apt-get install opencv-doc mate-backgrounds mricron-data invesalius-examples`, or unpack them anywhere and point
`MEDIBRIDGE_SHELF` there. Photographs, screenshots, plots and drawings (opencv-doc, Apache-2.0) and sections of a head
(CT: invesalius-examples, GPL-2; MR: mricron-data, BSD) are trained on; wallpapers (mate-backgrounds, GPL and CC BY-SA)
help to choose the certainty. The packages' licences are those of the pictures.
"""

import gzip
import os
import plistlib
import tarfile
from functools import cache
from pathlib import Path

import cv2
import numpy as np

SHELF = Path(os.environ.get("MEDIBRIDGE_SHELF", "/")) / "usr" / "share"
PHOTOGRAPHS = {"train": "doc/opencv-doc", "val": "backgrounds/mate"}
HEAD_CT = "doc/invesalius-examples/examples/Cranium.inv3"
HEAD_MR = "mricron/templates/ch2.nii.gz"
LONGEST = 480


@cache
def photographs(split):
    """Grey uint8 pictures of any shape, at most `LONGEST` pixels, each once."""
    folder = SHELF / PHOTOGRAPHS[split]
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".jpg", ".jpeg", ".png", ".bmp") or path.stat().st_size < 8_000:
            continue
        picture = cv2.imread(str(path), cv2.IMREAD_REDUCED_GRAYSCALE_2)
        if picture is None or min(picture.shape) < 64 or picture.std() < 8:
            continue
        scale = LONGEST / max(picture.shape)
        if scale < 1:
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found[cv2.resize(picture, (16, 16), interpolation=cv2.INTER_AREA).tobytes()] = picture
    if not found:
        raise SystemExit(f"no pictures in {folder}: see the head of {Path(__file__).name}")
    return list(found.values())


def head_ct():
    """Hounsfield units [slices, rows, columns] of a head."""
    with tarfile.open(SHELF / HEAD_CT) as archive:
        parts = {Path(m.name).name: archive.extractfile(m).read() for m in archive.getmembers() if m.isfile()}
    about = plistlib.loads(parts["main.plist"])["matrix"]
    return np.frombuffer(parts[about["filename"]], about["dtype"]).reshape(about["shape"])


def head_mr():
    """Grey values [slices, rows, columns] of a head (NIfTI-1: 352 bytes of header, x the fastest)."""
    raw = gzip.decompress((SHELF / HEAD_MR).read_bytes())
    columns, rows, slices = np.frombuffer(raw, "<i2", 4, 40)[1:]
    return np.frombuffer(raw, np.uint8, offset=352).reshape(slices, rows, columns)[:, ::-1]


def crop(picture, rng):
    """A part of a photograph, from two fifths of each side up to the whole."""
    h, w = (int(rng.uniform(0.4, 1) * n) for n in picture.shape)
    y, x = rng.integers(0, picture.shape[0] - h + 1), rng.integers(0, picture.shape[1] - w + 1)
    return picture[y : y + h, x : x + w]


def section(ct, mr, rng):
    """A slice of a head in any of the three directions: CT in any window, MR as it is; uint8."""
    volume, tall = (ct, 1.57) if rng.random() < 0.65 else (mr, 1.0)
    axis = rng.integers(3)
    at = int(rng.uniform(0.1, 0.9) * volume.shape[axis])
    one = np.take(volume, at, axis).astype(np.float32)
    if axis > 0 and tall != 1.0:  # slices lie further apart than pixels
        one = cv2.resize(one, None, fx=1, fy=tall)
    if volume is ct:
        level, width = rng.choice([-550, 40, 40, 400]) + rng.normal(0, 60), rng.choice([1500, 120, 400, 2000])
        one = (one - level + width / 2) / width * 255
    return one.clip(0, 255).astype(np.uint8)
