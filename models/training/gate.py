"""Trains the gate: `python gate.py`. Is it an upright chest film, an inverted one, or something else?

Only publishable pictures are used: chest films of kermany, nih and radiography/Normal, the freely
licensed DICOM samples, and what `negatives.py` draws. CT and cardiac MR slices (non-commercial) are
never trained on; `evaluate_gate.py` measures on them how many are refused.
"""

import csv
import json
import time

import cv2
import numpy as np
import pydicom
import torch
from torch.nn import functional as F

import data
import net as nets
from negatives import GENERATED, part_of
from train import PRETRAINED, RUNS

LABELS = ["chest_film", "chest_film_inverted", "other"]
SIZE, LAST, HIDDEN, FROZEN, SEED, STEPS, BATCH = 128, 13, 64, 4, 20261121, 600, 32
# DICOM pictures that are trained on, by the part of the name that their encodings share; the others
# are kept for the test, so that no picture is on both sides.
TRAINED = ["CT1_", "CT2_", "MR1_", "MR2_", "NM1_", "JPEG2000", "JPEG-LL", "RG3_", "US1_", "XA1_", "VL4_", "SC_rgb_dcmtk", "__IM00001.", "693_"]


def dicom_pictures(trained):
    """(name, modality, uint8 picture) of the sample files that are no chest films, one an encoding."""
    out = []
    with open(data.DATA / "dicom" / "manifest.csv", newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    for row in rows:
        chest = row["body_part"] == "CHEST" or "torchxrayvision" in row["file"]
        if row["malformed"] == "yes" or chest or trained != any(t in row["file"] for t in TRAINED):
            continue
        try:
            a = pydicom.dcmread(data.DATA / "dicom" / row["file"], force=True)
            pixels = a.pixel_array.astype(np.float32)
        except Exception:  # a file without pixels, or one that pydicom cannot decode
            continue
        if pixels.ndim == 4:
            pixels = pixels[0]
        if pixels.ndim == 3:
            pixels = pixels.mean(-1) if pixels.shape[-1] == 3 else pixels[0]
        low, high = np.percentile(pixels, [1, 99])
        if pixels.size < 4096 or high <= low:
            continue
        grey = np.clip((pixels - low) / (high - low), 0, 1)
        if a.get("PhotometricInterpretation") == "MONOCHROME1":
            grey = 1 - grey
        out.append((row["file"], row["modality"], np.rint(data.squash(grey, SIZE + 32) * 255).astype(np.uint8)))
    return out


def batch(films, others, rng):
    """A third upright films, a fifth inverted ones, the rest something else; all jittered alike."""
    kinds = list(GENERATED.values())
    pictures, truth = [], []
    for i in range(BATCH):
        film = films[rng.integers(len(films))]
        if i < 11:
            picture, label = film, 0
        elif i < 17:
            picture, label = 255 - film, 1
        elif i < 24:
            picture, label = kinds[rng.integers(len(kinds))](rng, SIZE + 32), 2
        elif i < 28:
            picture, label = others[rng.integers(len(others))], 2
            picture = 255 - picture if rng.random() < 0.2 else picture
        else:
            picture, label = part_of(film, rng), 2
            picture = 255 - picture if rng.random() < 0.2 else picture
        pictures.append(data.jitter(picture, SIZE, rng))
        truth.append(label)
    return torch.from_numpy(np.stack(pictures))[:, None], torch.tensor(truth)


def main():
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    films = data.load([r for r in data.chest_open() if r["split"] == "train"], SIZE + 32)
    others = [picture for _, _, picture in dicom_pictures(trained=True)]
    net = nets.Classifier(len(LABELS), hidden=HIDDEN, last=LAST, dropout=0.2)
    net = nets.load_pretrained(net, PRETRAINED).to(memory_format=torch.channels_last)
    stem, tail = net.features[:FROZEN], net.features[FROZEN:]
    stem.requires_grad_(False)
    head = [*net.dense1.parameters(), *net.dense2.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": tail.parameters(), "lr": 4e-4}, {"params": head, "lr": 2e-3}], weight_decay=1e-2
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [4e-4, 2e-3], total_steps=STEPS, pct_start=0.15)
    started, log = time.process_time(), []
    for step in range(STEPS):
        net.train()
        stem.eval()
        x, truth = batch(films, others, rng)
        with torch.no_grad():
            x = stem((x * 2 - 1).expand(-1, 3, -1, -1))
        logits = net.head(tail(x))
        loss = F.cross_entropy(logits, truth, label_smoothing=0.02)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 50 == 49:
            right = (logits.argmax(1) == truth).float().mean().item()
            log.append({"step": step + 1, "loss": round(loss.item(), 4), "right": right, "cpu_s": round(time.process_time() - started)})
            print(json.dumps(log[-1]), flush=True)
    folder = RUNS / "gate"
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(net.eval().state_dict(), folder / "weights.pt")
    (folder / "log.json").write_text(json.dumps(log, indent=1))


if __name__ == "__main__":
    main()
