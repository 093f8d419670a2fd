"""How often a gate refuses, by origin; `python evaluate.py gate` prints it.

A picture is admitted as the program admits it (crates/reading/src/gate.rs): the most probable kind of scan, upright
and inverted together, reaches the card's certainty, it is not inverted and not plain. None of the pictures was
trained on.
"""

import os
from pathlib import Path

import numpy as np
from PIL import Image

import data
import gate
import shelf
from measures import softmax
from negatives import GENERATED, part_of

KINDS = ("chest_film", "lung_ct", "cardiac_mr")


def wilson(k, n):
    """95 % interval of a share (Wilson 1927)."""
    z, p = 1.959964, k / n
    centre, half = (p + z * z / 2 / n) / (1 + z * z / n), z * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def votes_of(pack, logits):
    """Probability of each of KINDS, upright and inverted together [N, 3], and whether a film is inverted [N]."""
    p = softmax(logits / pack.temperature)
    votes = np.stack([p[:, [label.startswith(kind) for label in pack.labels]].sum(1) for kind in KINDS], 1)
    return votes, p[:, pack.labels.index("chest_film_inverted")] >= 0.5


def admitted(pack, pictures, batch=32):
    """The kind that each picture of the gate's size is admitted as, or None."""
    pictures = np.stack(pictures)
    pictures = pictures.astype(np.float32) / (255 if pictures.dtype == np.uint8 else 1)
    logits = np.concatenate([pack.run(pictures[i : i + batch])["logits"] for i in range(0, len(pictures), batch)])
    votes, inverted = votes_of(pack, logits)
    plain = pictures.reshape(len(pictures), -1).std(1) < 0.04
    certainty = np.array([max(pack.thresholds.get(kind, [1.0])) for kind in KINDS])
    sure = (votes.max(1) >= certainty[votes.argmax(1)]) & ~plain & ~inverted
    return [KINDS[k] if s else None for k, s in zip(votes.argmax(1), sure)]


def photographs(rng, each):
    """Crops of the photographs, micrographs, scanned pages and drawings that scikit-learn and scikit-image ship
    (CC BY, CC0, BSD): the names of the files, and a picture for each crop."""
    import skimage
    from sklearn.datasets import load_sample_images

    folder = Path(skimage.__file__).parent / "data"
    names = sorted(f for f in os.listdir(folder) if f.endswith((".png", ".jpg", ".gif")) and not f.startswith("chessboard_RGB"))
    images = [(n, np.asarray(Image.open(folder / n).convert("L"), dtype=np.float32) / 255) for n in names]
    images += [(f"sklearn {i}", a.mean(2).astype(np.float32) / 255) for i, a in enumerate(load_sample_images().images)]
    for name, grey in images:
        crops = [grey, *(shelf.crop(grey, rng) for _ in range(each - 1))]
        yield name, [data.squash(crop, gate.SIZE) for crop in crops]


def squashed(rows):
    return [data.squash(data.read_grey(r["path"]), gate.SIZE) for r in rows]


def sets(spec):
    """(set, the kind that it must be admitted as or None, pictures), generated or of a test split."""
    rng = np.random.default_rng(77)
    chest = [r for r in data.manifest(data.DATA / "cxr" / "manifest.csv") if r["split"] == "test"]
    for source, label in sorted({(r["source"], r["label"] == "COVID-19") for r in chest}):
        rows = [r for r in chest if r["source"] == source and (r["label"] == "COVID-19") == label]
        yield f"chest film: {source}{' COVID-19' if label else ''}", "chest_film", squashed(rows)
    films = squashed([r for r in chest if r["source"] in ("kermany", "nih")])
    yield "chest film, inverted", None, [1 - f for f in films]
    big = data.load([r for r in chest if r["source"] in ("kermany", "nih")][::2], 256)
    yield "crop or turn of a chest film", None, [data.squash(part_of(f, rng) / np.float32(255), gate.SIZE) for f in big]
    for name, draw in GENERATED.items():
        yield f"generated: {name}", None, [data.squash(draw(rng, 200) / np.float32(255), gate.SIZE) for _ in range(200)]
    pictures = list(photographs(rng, 12))
    yield f"photographs, micrographs, pages ({len(pictures)}, 12 crops of each)", None, sum((p for _, p in pictures), [])
    for name, kind in (("ct", "lung_ct"), ("cmr", "cardiac_mr")):
        rows = [r for r in data.manifest(data.DATA / name / "manifest.csv") if r["split"] == "test"]
        for source in sorted({r["source"] for r in rows}):
            yield f"{name}: {source}", kind if kind in spec.labels else None, squashed([r for r in rows if r["source"] == source])
    samples = distinct(gate.dicom_pictures(trained=False))
    for modality in sorted({m for m, _ in samples}):
        yield f"DICOM sample: {modality or 'none stated'}", None, [p for m, p in samples if m == modality]


def distinct(samples):
    """Sample files without further encodings of the same picture: (modality, picture in 0..1)."""
    out = []
    for _, modality, picture in samples:
        small = data.squash(picture / np.float32(255), gate.SIZE)
        if all(np.corrcoef(small.ravel(), other.ravel())[0, 1] < 0.99 for _, other in out):
            out.append((modality, small))
    return out


def sets_of(rows, spec):
    """The rows of a manifest, by source and label; a label that is no kind of scan must be refused."""
    for source, label in sorted({(r["source"], r["label"]) for r in rows}):
        kind = label if label in KINDS and label in spec.labels else None
        yield f"{source}: {label}", kind, squashed([r for r in rows if (r["source"], r["label"]) == (source, label)])


def figures(pack, sets):
    """A row for each set: how many are refused, or refused though good."""
    out = []
    for name, right, pictures in sets:
        n, seen = len(pictures), admitted(pack, pictures)
        count = sum(kind != right if right else kind is None for kind in seen)
        low, high = wilson(count, n)
        out.append({"name": "refused though good" if right else "refused", "set": name, "n": n, "value": count / n, "low": low, "high": high})
    return out
