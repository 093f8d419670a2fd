"""Trains a gate: `python gate.py gate` or `python gate.py gate-research`. Which kind of scan is it, if any?

`gate` is made of publishable pictures only: chest films of kermany, nih and radiography/Normal, the freely
licensed DICOM samples, and what `negatives.py` draws; it knows chest films, upright and inverted, and
something else. `gate-research` also learns lung CT and cardiac MR slices, whose licences forbid commercial
use, and refuses real photographs and sections of a head (shelf.py); the program asks it only where a research
pack is switched on.
"""

import csv
import json
import sys
import time

import cv2
import numpy as np
import pydicom
import torch
from torch.nn import functional as F

import data
import net as nets
import shelf
from negatives import GENERATED, part_of
from packs import GATES
from train import PRETRAINED, RUNS

SIZE, LAST, HIDDEN, FROZEN, SEED, STEPS = 128, 13, 64, 4, 20261121, 600
# What each batch holds, in pictures. "part" is a crop or turn of a film, "inverted section" a CT or MR slice,
# "head" a section of a head and "photograph" a crop of a picture of shelf.py.
OPEN = {"film": 11, "inverted film": 6, "generated": 7, "sample": 4, "part": 4}
RESEARCH = {"film": 7, "inverted film": 4, "lung CT": 6, "cardiac MR": 4, "generated": 3, "photograph": 4, "head": 3, "sample": 3, "part": 3, "inverted section": 1}
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
        out.append((row["file"], row["modality"], data.squash_to_bytes(grey, SIZE + 32)))
    return out


def sections(name, split):
    """CT or cardiac MR slices of a split, uint8."""
    return data.load([r for r in data.manifest(data.DATA / name / "manifest.csv") if r["split"] == split], SIZE + 32)


def batch(pools, mixture, labels, rng):
    """One batch of the mixture, all jittered alike: pictures and labels."""
    pick = lambda name: pools[name][rng.integers(len(pools[name]))]
    kinds = list(GENERATED.values())
    draw = {
        "film": lambda: (pick("film"), "chest_film"),
        "inverted film": lambda: (255 - pick("film"), "chest_film_inverted"),
        "lung CT": lambda: (pick("lung CT"), "lung_ct"),
        "cardiac MR": lambda: (pick("cardiac MR"), "cardiac_mr"),
        "generated": lambda: (kinds[rng.integers(len(kinds))](rng, SIZE + 32), "other"),
        "sample": lambda: (pick("sample"), "other"),
        "photograph": lambda: (data.squash_to_bytes(shelf.crop(pick("photograph"), rng) / np.float32(255), SIZE + 32), "other"),
        "head": lambda: (data.squash_to_bytes(shelf.section(*pools["head"], rng) / np.float32(255), SIZE + 32), "other"),
        "part": lambda: (part_of(pick("film"), rng), "other"),
        "inverted section": lambda: (255 - pick(["lung CT", "cardiac MR"][rng.integers(2)]), "other"),
    }
    pictures, truth = [], []
    for name, count in mixture.items():
        for _ in range(count):
            picture, label = draw[name]()
            if name in ("sample", "part", "head") and rng.random() < 0.2:
                picture = 255 - picture
            pictures.append(data.jitter(picture, SIZE, rng))
            truth.append(labels.index(label))
    return torch.from_numpy(np.stack(pictures))[:, None], torch.tensor(truth)


def main():
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    spec = GATES[sys.argv[1]]
    pools = {"film": data.load([r for r in spec.rows() if r["split"] == "train"], SIZE + 32)}
    mixture, steps, samples = OPEN, STEPS, dicom_pictures(trained=True)
    if spec.research_only:
        mixture, steps = RESEARCH, STEPS * 3 // 2
        pools |= {"lung CT": sections("ct", "train"), "cardiac MR": sections("cmr", "train")}
        pools |= {"photograph": shelf.photographs("train"), "head": (shelf.head_ct(), shelf.head_mr())}
        samples = [s for s in samples if "CT1_" not in s[0]]  # shows lungs
    pools["sample"] = [picture for _, _, picture in samples]
    net = nets.Classifier(len(spec.labels), hidden=HIDDEN, last=LAST, dropout=0.2)
    net = nets.load_pretrained(net, PRETRAINED).to(memory_format=torch.channels_last)
    stem, tail = net.features[:FROZEN], net.features[FROZEN:]
    stem.requires_grad_(False)
    head = [*net.dense1.parameters(), *net.dense2.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": tail.parameters(), "lr": 4e-4}, {"params": head, "lr": 2e-3}], weight_decay=1e-2
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [4e-4, 2e-3], total_steps=steps, pct_start=0.15)
    started, log = time.process_time(), []
    for step in range(steps):
        net.train()
        stem.eval()
        x, truth = batch(pools, mixture, spec.labels, rng)
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
    folder = RUNS / spec.id
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(net.eval().state_dict(), folder / "weights.pt")
    (folder / "log.json").write_text(json.dumps(log, indent=1))


if __name__ == "__main__":
    main()
