"""Measures a shipped pack with onnxruntime: `python evaluate.py PACK [--manifest FILE]`.

Without a manifest it reproduces the figures of the card (the test split). With one (`file,label[,source]`,
files relative to it; CSV, or `manifest.json` of a feedback pack) it measures on pictures that nobody here has seen. Prints JSON lines.
"""

import argparse
import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is imported

import numpy as np
import onnxruntime
from sklearn.metrics import roc_auc_score

import data

MODELS = Path(__file__).resolve().parents[1]


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


@dataclass
class Pack:
    path: Path
    labels: list[str]
    abnormal: list[str]
    size: int
    temperature: float = 1.0
    thresholds: list[float] | None = None
    outlier: float = float("inf")

    def __post_init__(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(self.path), options)
        self.names = [o.name for o in self.session.get_outputs()]

    @classmethod
    def open(cls, folder):
        card = tomllib.loads((folder / "card.toml").read_text())
        labels = [label["id"] for label in card["labels"]]
        abnormal = [label["id"] for label in card["labels"] if label["abnormal"]]
        thresholds = next((label["thresholds"] for label in card["labels"] if label.get("thresholds")), None)
        outlier = card.get("outlier", {}).get("threshold", float("inf"))
        size, t = card["model"]["size"], card["calibration"]["temperature"]
        return cls(folder / card["model"]["file"], labels, abnormal, size, t, thresholds, outlier)

    def run(self, pictures):
        """Outputs by name for float32 pictures [N, size, size] in 0..1."""
        out = self.session.run(None, {"input": pictures[:, None].astype(np.float32)})
        found = dict(zip(self.names, out))
        if "maps" in found:
            self.grid = found["maps"].shape[2:]
        return found


@dataclass
class Predictions:
    logits: np.ndarray
    outlier: np.ndarray
    truth: np.ndarray
    source: np.ndarray


def predict(pack, rows, batch=8):
    """Every row through the shipped graph, from the original file with the shipped resize."""
    logits, outlier = [], []
    for i in range(0, len(rows), batch):
        pictures = np.stack([data.squash(data.read_grey(r["path"]), pack.size).clip(0, 1) for r in rows[i : i + batch]])
        out = pack.run(pictures)
        logits.append(out["logits"])
        outlier.append(out.get("outlier", np.zeros(len(pictures))))
    truth = np.array([pack.labels.index(r["label"]) if r["label"] in pack.labels else -1 for r in rows])
    return Predictions(np.concatenate(logits), np.concatenate(outlier), truth, np.array([r["source"] for r in rows]))


def ece(probabilities, truth, bins=15):
    """Expected calibration error of the most probable class (Naeini et al. 2015), equal-width bins."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == truth
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[which == b].mean() - right[which == b].mean()) * (which == b).mean() for b in range(bins) if (which == b).any()))


def interval(measure, n, rng, rounds=1000):
    """95 % bootstrap interval of a measure of row indices."""
    values = []
    for _ in range(rounds):
        try:
            values.append(measure(rng.integers(0, n, n)))
        except ValueError:  # one class only in this resample
            continue
    values = [v for v in values if np.isfinite(v)]
    return [float(v) for v in np.quantile(values, [0.025, 0.975])] if len(values) > rounds // 2 else [None, None]


def figures(pack, found, seed=0, name="test"):
    """Figures pooled and per source, each with n and its interval. Outliers count as answered here;
    `assessed` says what share of pictures is answered at all."""
    rng = np.random.default_rng(seed)
    p = softmax(found.logits / pack.temperature)
    bad_classes = [pack.labels.index(a) for a in pack.abnormal]
    score, bad = p[:, bad_classes].sum(1), np.isin(found.truth, bad_classes)
    out = []

    def add(metric, where, rows, measure):
        if len(rows) == 0:
            return
        try:
            value = float(measure(rows))
        except ValueError:
            return
        if not np.isfinite(value):
            return
        low, high = interval(lambda pick: measure(rows[pick]), len(rows), rng)
        out.append({"name": metric, "set": where, "n": int(len(rows)), "value": value, "low": low, "high": high})

    everything = np.arange(len(p))
    sets = [(name, everything)] + [(f"{name}: {s}", everything[found.source == s]) for s in sorted(set(found.source))]
    for where, rows in sets:
        both = len(set(bad[rows])) == 2
        if both:
            add("AUROC", where, rows, lambda i: roc_auc_score(bad[i], score[i]))
        add("accuracy", where, rows, lambda i: (p[i].argmax(1) == found.truth[i]).mean())
        for label, cut in zip(("lower", "upper"), pack.thresholds or []):
            if bad[rows].any():
                add(f"sensitivity, {label} point", where, rows[bad[rows]], lambda i: (score[i] >= cut).mean())
            if not bad[rows].all():
                add(f"specificity, {label} point", where, rows[~bad[rows]], lambda i: (score[i] < cut).mean())
        add("ECE", where, rows, lambda i: ece(p[i], found.truth[i]))
        add("assessed", where, rows, lambda i: (found.outlier[i] <= pack.outlier).mean())
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack")
    parser.add_argument("--manifest", help="CSV with file,label[,source], or a feedback pack's manifest.json")
    args = parser.parse_args()
    folder = MODELS / args.pack
    pack = Pack.open(folder)
    if args.manifest:
        rows, name = data.manifest(args.manifest), "manifest"
    else:
        from packs import PACKS

        rows, name = [r for r in PACKS[args.pack].rows() if r["split"] == "test"], "test"
    found = predict(pack, rows)
    unknown = sorted({r["label"] for r, t in zip(rows, found.truth) if t < 0})
    if unknown:
        print(json.dumps({"labels that the pack does not have": unknown}))
    for figure in figures(pack, found, seed=20261121, name=name):
        print(json.dumps(figure))


if __name__ == "__main__":
    main()
