"""Trains a classifier pack: `python train.py cxr-open`. Then `export.py` and `evaluate.py` make the pack.

Writes `$MEDIBRIDGE_RUNS/<id>/weights.pt` and a log of validation figures. The test split is not read here.
Anything of a pack can be tried otherwise under a run's own name: `python train.py cxr --run wide size=320 mixup=0.2`.
"""

import argparse
import copy
import dataclasses
import json
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from sklearn.metrics import balanced_accuracy_score, recall_score, roc_auc_score
from torch import nn
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
    if len(pack.labels) > 2:
        out["balanced"] = float(balanced_accuracy_score(truth, p.argmax(1)))
        out |= {f"recall {n}": float(r) for n, r in zip(pack.labels, recall_score(truth, p.argmax(1), average=None))}
        out["macro auroc"] = float(roc_auc_score(truth, p, multi_class="ovr"))
    for source in sorted({r["source"] for r in rows}):
        here = np.array([r["source"] == source for r in rows])
        if len(set(bad[here])) == 2:
            out[f"auroc {source}"] = float(roc_auc_score(bad[here], score[here]))
        if len(pack.labels) > 2:
            out[f"accuracy {source}"] = float((p[here].argmax(1) == truth[here]).mean())
    return out


class Reverse(torch.autograd.Function):
    """Hands values on and turns gradients round (Ganin et al. 2016)."""

    @staticmethod
    def forward(ctx, x, strength):
        ctx.strength = strength
        return x.view_as(x)

    @staticmethod
    def backward(ctx, gradient):
        return -ctx.strength * gradient, None


class Adversary(nn.Module):
    """Tells a film's source from the pooled features and its class; the features learn to prevent it.

    Only sources that give films of that class are asked about, so that the class itself is not unlearnt.
    """

    def __init__(self, width, rows, labels):
        super().__init__()
        self.sources = sorted({r["source"] for r in rows})
        given = torch.zeros(len(labels), len(self.sources), dtype=torch.bool)
        for row in rows:
            given[labels.index(row["label"]), self.sources.index(row["source"])] = True
        self.register_buffer("given", given)
        self.tell = nn.Sequential(nn.Linear(width + len(labels), 64), nn.ReLU(), nn.Linear(64, len(self.sources)))

    def loss(self, pooled, label, source, strength):
        known = F.one_hot(label, self.given.shape[0]).to(pooled.dtype)
        told = self.tell(torch.cat([Reverse.apply(pooled, strength), known], 1))
        return F.cross_entropy(told.masked_fill(~self.given[label], -1e4), source)


def train(pack, without=None, epochs=None, start=None, teachers=(), folder=None):
    """The averaged net after the last epoch. `without` leaves one source out of training; `start`
    is an earlier net to go on from; `teachers`
    are nets whose mean answer to the same jittered film is learnt beside the label (Hinton et al. 2015,
    Beyer et al. 2022). Each epoch's averaged weights are kept in `folder`."""
    torch.manual_seed(pack.seed)
    rng = np.random.default_rng(pack.seed)
    rows = pack.rows()
    fit = [r for r in rows if r["split"] == "train" and r["source"] != without]
    val = [r for r in rows if r["split"] == "val"]
    pictures, val_pictures = data.load(fit, pack.size + 32), data.load(val, pack.size)
    truth = torch.tensor([pack.labels.index(r["label"]) for r in fit])
    adversary = Adversary(1280, fit, pack.labels)
    source = torch.tensor([adversary.sources.index(r["source"]) for r in fit])

    net = nets.load_pretrained(nets.Classifier(len(pack.labels)), PRETRAINED).to(memory_format=torch.channels_last)
    if start:
        net.load_state_dict(start.state_dict())
    stem, tail = net.features[: pack.frozen], net.features[pack.frozen :]
    stem.requires_grad_(False)
    shipped = copy.deepcopy(net)
    groups = [
        {"params": tail.parameters(), "lr": pack.rate / 3},
        {"params": [*net.dense1.parameters(), *net.dense2.parameters(), *adversary.parameters()], "lr": pack.rate},
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
            x = torch.from_numpy(np.stack([data.jitter(pictures[i], pack.size, rng, pack.jitter, pack.tone) for i in some]))[:, None]
            wanted = F.one_hot(truth[some], len(pack.labels)).float()
            wanted = wanted * (1 - pack.smoothing) + pack.smoothing / len(pack.labels)
            if pack.mixup:  # Zhang et al. 2018
                share, other = rng.beta(pack.mixup, pack.mixup), rng.permutation(pack.batch)
                x, wanted = share * x + (1 - share) * x[other], share * wanted + (1 - share) * wanted[other]
            with torch.no_grad():
                if teachers:
                    taught = sum(torch.softmax(teacher(at_size(x, size)), 1) for teacher, size in teachers)
                    wanted = (1 - pack.taught) * wanted + pack.taught * taught / len(teachers)
                x = torch.cat([stem((part * 2 - 1).expand(-1, 3, -1, -1)) for part in x.split(8)])
            grid = tail(x)
            loss = F.cross_entropy(net.head(grid), wanted)
            if pack.adversary:
                strength = pack.adversary * min(1.0, step / (steps * epochs * 0.5))
                loss = loss + adversary.loss(grid.mean((2, 3)), truth[some], source[some], strength)
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
        if folder:
            torch.save(shipped.state_dict(), folder / "weights.pt")
    return shipped, log


def at_size(x, size):
    """Jittered films at a teacher's own size."""
    return x if x.shape[-1] == size else F.interpolate(x, (size, size), mode="bilinear", antialias=True)


def trained(run, pack):
    """The net of an earlier run, to measure or to teach."""
    net = nets.Classifier(len(pack.labels)).eval()
    net.load_state_dict(torch.load(RUNS / run / "weights.pt"))
    return net.to(memory_format=torch.channels_last)


def changed(pack, changes):
    """The pack with `name=value` changes, each of the type the pack has there."""
    for change in changes:
        name, value = change.split("=")
        pack = dataclasses.replace(pack, **{name: type(getattr(pack, name))(value)})
    return pack


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack")
    parser.add_argument("changes", nargs="*", help="name=value of a pack, tried in this run")
    parser.add_argument("--run", help="name of the run; the pack's id unless told")
    parser.add_argument("--start", help="an earlier run to go on from")
    parser.add_argument("--teachers", nargs="*", default=[], help="earlier runs as name:size")
    args = parser.parse_intermixed_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    pack = changed(PACKS[args.pack], args.changes)
    teachers = [(trained(name, pack), int(size)) for name, size in (t.split(":") for t in args.teachers)]
    folder = RUNS / (args.run or pack.id)
    folder.mkdir(parents=True, exist_ok=True)
    _, log = train(pack, start=trained(args.start, pack) if args.start else None, teachers=teachers, folder=folder)
    log[-1] |= {"run": args.run or pack.id, "changes": args.changes, "start": args.start, "teachers": args.teachers}
    (folder / "log.json").write_text(json.dumps(log, indent=1))


if __name__ == "__main__":
    main()
