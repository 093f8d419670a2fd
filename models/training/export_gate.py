"""Turns a gate's weights into its pack: `python export_gate.py gate` (after `gate.py gate`)."""

import json
import sys
from datetime import date

import numpy as np
import torch
from torch import nn

import cards
import data
import evaluate_gate
import gate
import net as nets
import shelf
from evaluate import MODELS, Pack
from export import golden, temperature, to_onnx, versions
from measures import ece, softmax
from packs import GATES
from train import RUNS


class Logits(nn.Module):
    """The gate gives no maps: it says what a picture is, not where."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x)


def validation(pack, spec, rng):
    """Films, upright and inverted, and slices of the validation split, and fresh pictures of something else."""
    rows = [r for r in spec.rows() if r["split"] == "val"]
    films = np.stack([data.squash(data.read_grey(r["path"]), gate.SIZE) for r in rows])
    draw = list(evaluate_gate.GENERATED.values())
    big = data.load(rows, 256)
    other = [data.squash(draw[i % len(draw)](rng, 200) / np.float32(255), gate.SIZE) for i in range(len(rows) // 2)]
    other += [data.squash(evaluate_gate.part_of(f, rng) / np.float32(255), gate.SIZE) for f in big[::2]]
    if spec.research_only:
        other += [data.squash(shelf.crop(p, rng) / np.float32(255), gate.SIZE) for p in shelf.photographs("val") for _ in range(10)]
    sets = {"chest_film": films, "chest_film_inverted": 1 - films, "other": np.stack(other)}
    for name, kind in (("ct", "lung_ct"), ("cmr", "cardiac_mr")):
        if kind in spec.labels:
            rows = data.manifest(data.DATA / name / "manifest.csv")
            sets[kind] = np.stack(evaluate_gate.squashed([r for r in rows if r["split"] == "val"]))
    x = np.concatenate([sets[label] for label in spec.labels]).astype(np.float32)
    truth = np.repeat(np.arange(len(spec.labels)), [len(sets[label]) for label in spec.labels])
    logits = np.concatenate([pack.run(x[i : i + 32])["logits"] for i in range(0, len(x), 32)])
    return logits, truth


def certainties(pack, spec, logits, truth):
    """{kind: [0.5, certainty]}: a pack that is told a certainty keeps it; else the highest, in steps of a
    hundredth and from 0.8, at which at most one in a hundred good scans of the validation split is refused."""
    if spec.fixed:
        return spec.fixed
    votes, _ = evaluate_gate.votes_of(pack, logits)
    found = {}
    for k, kind in enumerate(evaluate_gate.KINDS):
        mine = votes[truth == spec.labels.index(kind), k]
        cuts = [c for c in np.arange(80, 99) / 100 if (mine < c).mean() <= 0.01]
        found[kind] = [0.5, float(max(cuts, default=0.8))]
    return found


def sections(spec):
    """The sources of CT and MR slices, where the gate knows them."""
    out = []
    for name, kind in (("ct", "lung_ct"), ("cmr", "cardiac_mr")):
        if kind in spec.labels:
            rows = data.manifest(data.DATA / name / "manifest.csv")
            out += cards.sources({split: [r for r in rows if r["split"] == split] for split in ("train", "val", "test")})
    return out


def main():
    torch.set_num_threads(1)
    spec = GATES[sys.argv[1]]
    folder = MODELS / spec.id
    folder.mkdir(exist_ok=True)
    net = nets.Classifier(len(spec.labels), hidden=gate.HIDDEN, last=gate.LAST).eval()
    net.load_state_dict(torch.load(RUNS / spec.id / "weights.pt"))
    sha256, parity = to_onnx(Logits(net), gate.SIZE, folder / "model.onnx", ["logits"])
    pack = Pack(folder / "model.onnx", spec.labels, [], gate.SIZE)
    logits, truth = validation(pack, spec, np.random.default_rng(gate.SEED))
    pack.temperature = temperature(logits, truth)
    pack.thresholds = certainties(pack, spec, logits, truth)
    rows = spec.rows()
    golden(folder, spec, [r for r in rows if r["split"] == "test"], pack)
    samples = {t: len(gate.dicom_pictures(trained=t)) for t in (True, False)}
    parts = {name: [r for r in rows if r["split"] == name] for name in ("train", "val", "test")}
    facts = dict(
        sha256=sha256, temperature=pack.temperature, thresholds=pack.thresholds, grid=[0, 0], date=date.today().isoformat(), versions=versions(),
        ece_before=ece(softmax(logits), truth), ece_after=ece(softmax(logits / pack.temperature), truth),
        metrics=evaluate_gate.figures(pack, evaluate_gate.sets(spec)), cpu_seconds=json.loads((RUNS / spec.id / "log.json").read_text())[-1]["cpu_s"],
        sources=cards.sources(parts) + sections(spec)
        + ([{"name": "shelf", "licence": cards.LICENCES["shelf"], "train": len(shelf.photographs("train")), "val": len(shelf.photographs("val")), "test": 0}] if spec.research_only else [])
        + [{"name": "dicom samples", "licence": cards.LICENCES["dicom"], "train": samples[True], "val": 0, "test": samples[False]}],
    )
    cards.write(folder, spec, facts)
    print(json.dumps({"parity": parity, "temperature": pack.temperature, "sha256": sha256}))
    for figure in facts["metrics"]:
        print(json.dumps(figure))


if __name__ == "__main__":
    main()
