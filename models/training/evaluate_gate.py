"""How often the gate refuses, by origin: `python evaluate_gate.py`. Prints JSON lines.

A picture is admitted as the program admits it: probability of a chest film (upright or inverted) at
least the card's threshold, and inverted less probable than upright. None of the pictures was trained on;
`ct`, `cmr` and the COVID-19 sources were not even present in training.
"""

import json
from pathlib import Path

import numpy as np

import data
import gate
from evaluate import MODELS, Pack, softmax
from negatives import GENERATED, part_of

CERTAINTY = 0.8


def wilson(k, n):
    """95 % interval of a share (Wilson 1927)."""
    z, p = 1.959964, k / n
    centre, half = (p + z * z / 2 / n) / (1 + z * z / n), z * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def admitted(pack, pictures, certainty=CERTAINTY, batch=32):
    """For uint8 or float pictures of the gate's size: (admitted as upright, called inverted)."""
    pictures = np.stack(pictures)
    pictures = pictures.astype(np.float32) / (255 if pictures.dtype == np.uint8 else 1)
    logits = np.concatenate([pack.run(pictures[i : i + batch])["logits"] for i in range(0, len(pictures), batch)])
    p = softmax(logits / pack.temperature)
    film = p[:, 0] + p[:, 1] >= certainty
    plain = pictures.reshape(len(pictures), -1).std(1) < 0.04
    return film & (p[:, 1] < 0.5) & ~plain, film & (p[:, 1] >= 0.5)


def photographs(rng, count):
    """Crops of the two photographs that scikit-learn ships (CC BY)."""
    from sklearn.datasets import load_sample_images

    out = []
    for image in load_sample_images().images:
        grey = image.mean(2).astype(np.float32) / 255
        for _ in range(count // 2):
            h, w = (int(rng.uniform(0.3, 1) * n) for n in grey.shape)
            y, x = rng.integers(0, grey.shape[0] - h + 1), rng.integers(0, grey.shape[1] - w + 1)
            out.append(data.squash(grey[y : y + h, x : x + w], gate.SIZE))
    return out


def squashed(rows):
    return [data.squash(data.read_grey(r["path"]), gate.SIZE) for r in rows]


def sets():
    """(set, must it be refused, pictures), each generated or taken from a test split."""
    rng = np.random.default_rng(77)
    chest = [r for r in data.manifest(data.DATA / "cxr" / "manifest.csv") if r["split"] == "test"]
    for source, label in sorted({(r["source"], r["label"] == "COVID-19") for r in chest}):
        rows = [r for r in chest if r["source"] == source and (r["label"] == "COVID-19") == label]
        yield f"chest film: {source}{' COVID-19' if label else ''}", False, squashed(rows)
    films = squashed([r for r in chest if r["source"] in ("kermany", "nih")])
    yield "chest film, inverted", True, [1 - f for f in films]
    big = data.load([r for r in chest if r["source"] in ("kermany", "nih")][::2], 256)
    yield "crop or turn of a chest film", True, [data.squash(part_of(f, rng) / np.float32(255), gate.SIZE) for f in big]
    for name, draw in GENERATED.items():
        yield f"generated: {name}", True, [data.squash(draw(rng, 200) / np.float32(255), gate.SIZE) for _ in range(200)]
    yield "photograph", True, photographs(rng, 200)
    for name in ("ct", "cmr"):
        rows = [r for r in data.manifest(data.DATA / name / "manifest.csv") if r["split"] == "test"]
        for source in sorted({r["source"] for r in rows}):
            yield f"{name}: {source}", True, squashed([r for r in rows if r["source"] == source])
    others = gate.dicom_pictures(trained=False)
    for modality in sorted({m for _, m, _ in others}):
        pictures = [data.squash(p / np.float32(255), gate.SIZE) for _, m, p in others if m == modality]
        yield f"DICOM sample: {modality or 'none stated'}", True, pictures


def figures(pack, certainty=CERTAINTY):
    out = []
    for name, refuse, pictures in sets():
        film, inverted = admitted(pack, pictures, certainty)
        n, k = len(pictures), int((~film).sum())
        low, high = wilson(k, n)
        out.append({"name": "refused" if refuse else "refused though good", "set": name, "n": n, "value": k / n, "low": low, "high": high})
    return out


def main():
    pack = Pack.open(Path(MODELS) / "gate")
    for figure in figures(pack):
        print(json.dumps(figure))


if __name__ == "__main__":
    main()
