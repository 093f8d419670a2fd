"""Reads the manifests, squashes pictures to one square size, and jitters them for training."""

import csv
import json
import os
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

DATA = Path(os.environ.get("MEDIBRIDGE_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
PUBLISHABLE = {"kermany", "nih"}  # and radiography/Normal: DATASHEET.md, table "Redistribution"


def manifest(path):
    """The rows of a manifest (file, label[, source, split]); files are relative to its folder.

    CSV, or the JSON of a feedback pack that the app exported (its `rows` hold more: person, model, region, …).
    """
    path = Path(path)
    with open(path, newline="", encoding="utf-8") as f:
        rows = json.load(f)["rows"] if path.suffix == ".json" else list(csv.DictReader(f))
    for row in rows:
        row["path"] = str(path.parent / row["file"])
        row.setdefault("source", "unknown")
    return rows


def chest_open():
    """Chest films whose images and trained weights may be published, labelled Normal or Abnormal."""
    rows = []
    for row in manifest(DATA / "cxr" / "manifest.csv"):
        if row["source"] in PUBLISHABLE or (row["source"], row["label"]) == ("radiography", "Normal"):
            rows.append(row | {"finding": row["label"], "label": "Normal" if row["label"] == "Normal" else "Abnormal"})
    return rows


def chest():
    """Every chest film, with the four labels of the mission; some may be used for research only."""
    return manifest(DATA / "cxr" / "manifest.csv")


def lung_ct():
    """Every lung CT slice: COVID-19 or non-COVID."""
    return manifest(DATA / "ct" / "manifest.csv")


def read_grey(path):
    """A picture file as float32 grey in 0..1, [rows, columns]."""
    with Image.open(path) as image:
        return np.asarray(image.convert("L"), dtype=np.float32) / 255


def squash(grey, size):
    """The one resize of this project: antialiased bilinear (triangle filter, widened when shrinking)
    in float32, aspect not kept. `crates/reading` does the same with fast_image_resize."""
    image = Image.fromarray(np.ascontiguousarray(grey, dtype=np.float32))
    return np.asarray(image.resize((size, size), Image.Resampling.BILINEAR))


def squash_to_bytes(grey, size):
    """A picture in 0..1, squashed, as uint8 [size, size]."""
    return np.rint(squash(grey, size) * 255).clip(0, 255).astype(np.uint8)


def load(rows, size):
    """All pictures of the rows, squashed, as uint8 [N, size, size]."""
    return np.stack([squash_to_bytes(read_grey(r["path"]), size) for r in rows])


def jitter(picture, size, rng, often=1.0, tone=1.0):
    """One random variant, float32 [size, size] in 0..1.

    Each source has its own sharpness, contrast, crop, border and burned-in markers; what is jittered
    here is what would otherwise give the source away. `often` scales how often what spoils a picture is done,
    `tone` how far contrast and brightness move.
    """
    n = picture.shape[0]
    angle, flip = rng.uniform(-12, 12), rng.random() < 0.5
    zoom = np.array([rng.uniform(0.85, 1.25), rng.uniform(0.85, 1.25)]) * size / n
    turn = cv2.getRotationMatrix2D((n / 2, n / 2), angle, 1.0)
    turn[:, 2] += size / 2 - n / 2
    scale = np.diag([zoom[0] * (-1 if flip else 1), zoom[1]]) * n / size
    shift = size / 2 + rng.uniform(-0.08, 0.08, 2) * size
    matrix = np.hstack([scale @ turn[:, :2], (scale @ (turn[:, 2] - size / 2) + shift)[:, None]])
    fill = 0 if rng.random() < 0.7 else int(rng.integers(0, 256))
    out = cv2.warpAffine(picture, matrix, (size, size), flags=cv2.INTER_LINEAR, borderValue=fill)
    if rng.random() < 0.25 * often:
        out = cv2.createCLAHE(rng.uniform(1, 4), (4, 4)).apply(out)
    if rng.random() < 0.5 * often:  # another resolution
        small = int(rng.integers(80, size))
        out = cv2.resize(cv2.resize(out, (small, small), interpolation=cv2.INTER_AREA), (size, size))
    if rng.random() < 0.4 * often:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 95))]
        out = cv2.imdecode(cv2.imencode(".jpg", out, quality)[1], cv2.IMREAD_GRAYSCALE)
    out = out.astype(np.float32) / 255
    if rng.random() < 0.3 * often:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.3, 1.6))
    low, high = rng.uniform(0, 0.12 * tone), rng.uniform(1 - 0.15 * tone, 1 + 0.15 * tone)
    out = np.clip((out - low) / (high - low), 0, 1) ** np.exp(rng.uniform(-0.45 * tone, 0.45 * tone))
    if rng.random() < 0.5 * often:
        out = out + rng.normal(0, rng.uniform(0, 0.03), out.shape)
    if rng.random() < 0.4:  # black border, as collimation leaves
        edge = rng.integers(0, int(size * 0.1), 4)
        out[: edge[0]], out[size - edge[1] :], out[:, : edge[2]], out[:, size - edge[3] :] = 0, 0, 0, 0
    for _ in range(int(rng.integers(0, 4) * (rng.random() < often))):  # patches over corners and edges, where markers are
        h, w = rng.integers(size // 16, size // 5, 2)
        y = rng.choice([0, size - h]) if rng.random() < 0.7 else rng.integers(0, size - h)
        x = rng.choice([0, size - w]) if rng.random() < 0.7 else rng.integers(0, size - w)
        out[y : y + h, x : x + w] = rng.random()
    return np.clip(out, 0, 1).astype(np.float32)
