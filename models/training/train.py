"""Trains a classifier pack: `python train.py cxr-open`. Then `export.py` and `evaluate.py` make the pack.

Writes `$MEDIBRIDGE_RUNS/<id>/weights.pt` and a log of validation figures. The test split is not read here.
"""

import copy
import json
import os
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch.nn import functional as F

import data
import net as nets
from packs import PACKS

RUNS = Path(os.environ.get("MEDIBRIDGE_RUNS", Path.home() / ".cache" / "medibridge" / "train"))
PRETRAINED = data.DATA / "pretrained" / "mobilenetv2_imagenet_features.safetensors"


def sampler(rows, pack, rng, count):
    """Indices of one epoch: each (source, finding) at its share, films of a group in random order."""
    groups = {}
    for i, row in enumerate(rows):
        groups.setdefault((row["source"], row.get("finding", row["label"])), []).append(i)
    missing = set(groups) - set(pack.shares)
    if missing:
        raise SystemExit(f"no share for {sorted(missing)}")
    whole = sum(pack.shares[key] for key in groups)  # less than 1 where a source is left out
    picked = []
    for key, members in sorted(groups.items()):
        wanted = round(pack.shares[key] / whole * count)
        turns = [rng.permutation(members) for _ in range(-(-wanted // len(members)))]
        picked.append(np.concatenate(turns)[:wanted])
    picked = np.concatenate(picked)
    return rng.permutation(np.resize(picked, count))  # rounding may be one off


@torch.no_grad()
def logits_of(net, pictures, size, batch=16):
    """Logits of uint8 pictures that were squashed to `size` already."""
    net.eval()
    out = [net(torch.from_numpy(pictures[i : i + batch]).float()[:, None] / 255) for i in range(0, len(pictures), batch)]
    return torch.cat(out).numpy()


def validation(net, pictures, rows, pack):
    """Accuracy and abnormal AUROC, pooled and per source that has both classes."""
    logits = logits_of(net, pictures, pack.size)
    truth = np.array([pack.labels.index(r["label"]) for r in rows])
    bad = np.isin(truth, [pack.labels.index(name) for name in pack.abnormal])
    p = torch.softmax(torch.from_numpy(logits), 1).numpy()
    score = p[:, [pack.labels.index(name) for name in pack.abnormal]].sum(1)
    out = {"accuracy": float((p.argmax(1) == truth).mean()), "auroc": float(roc_auc_score(bad, score))}
    for source in sorted({r["source"] for r in rows}):
        here = np.array([r["source"] == source for r in rows])
        if len(set(bad[here])) == 2:
            out[f"auroc {source}"] = float(roc_auc_score(bad[here], score[here]))
    return out


def train(pack, without=None, epochs=None):
    """The averaged net after the last epoch. `without` leaves one source out of training."""
    torch.manual_seed(pack.seed)
    rng = np.random.default_rng(pack.seed)
    rows = pack.rows()
    fit = [r for r in rows if r["split"] == "train" and r["source"] != without]
    val = [r for r in rows if r["split"] == "val"]
    pictures, val_pictures = data.load(fit, pack.size + 32), data.load(val, pack.size)
    truth = torch.tensor([pack.labels.index(r["label"]) for r in fit])

    net = nets.load_pretrained(nets.Classifier(len(pack.labels)), PRETRAINED).to(memory_format=torch.channels_last)
    stem, tail = net.features[: pack.frozen], net.features[pack.frozen :]
    stem.requires_grad_(False)
    shipped = copy.deepcopy(net)
    groups = [
        {"params": tail.parameters(), "lr": pack.rate / 3},
        {"params": [*net.dense1.parameters(), *net.dense2.parameters()], "lr": pack.rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=pack.decay)
    epochs = epochs or pack.epochs
    steps = len(fit) // pack.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [g["lr"] for g in groups], total_steps=steps * epochs, pct_start=0.15
    )
    started, log, step = time.process_time(), [], 0
    for epoch in range(epochs):
        net.train()
        stem.eval()
        order = sampler(fit, pack, rng, steps * pack.batch)
        for at in range(0, steps * pack.batch, pack.batch):
            some = order[at : at + pack.batch]
            x = torch.from_numpy(np.stack([data.jitter(pictures[i], pack.size, rng) for i in some]))[:, None]
            with torch.no_grad():
                x = torch.cat([stem((part * 2 - 1).expand(-1, 3, -1, -1)) for part in x.split(8)])
            loss = F.cross_entropy(net.head(tail(x)), truth[some], label_smoothing=pack.smoothing)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(pack.average, step / (step + 10))
            with torch.no_grad():
                for old, new in zip(shipped.state_dict().values(), net.state_dict().values()):
                    old.copy_(torch.lerp(new, old, keep) if old.is_floating_point() else new)
        entry = {"epoch": epoch + 1, "loss": round(loss.item(), 4), "cpu_s": round(time.process_time() - started)}
        if epoch % 3 == 2 or epoch + 1 == epochs:
            entry |= {k: round(v, 4) for k, v in validation(shipped, val_pictures, val, pack).items()}
        print(json.dumps(entry), flush=True)
        log.append(entry)
    return shipped, log


def main():
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    pack = PACKS[sys.argv[1]]
    net, log = train(pack)
    folder = RUNS / pack.id
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), folder / "weights.pt")
    (folder / "log.json").write_text(json.dumps(log, indent=1))


if __name__ == "__main__":
    main()
