"""Measures a shipped pack with onnxruntime: `python evaluate.py PACK [--manifest FILE]`. Prints JSON lines.

Without a manifest it reproduces the figures of the card (the test split). With one (`file,label[,source]`,
files relative to it; CSV, or `manifest.json` of a feedback pack) it measures on pictures that nobody here has seen.
For a gate a label is a kind of scan (`chest_film`, `lung_ct`, `cardiac_mr`) or anything else, which is to be refused; for
the cardiac pack the manifest has the columns of `cmr/manifest.csv`, and a folder `masks` beside `images`.
"""

import argparse
import json
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is imported

import numpy as np
import onnxruntime

import data
from measures import Answers, confusion, figures, risk_coverage, softmax

MODELS = Path(__file__).resolve().parents[1]


@dataclass
class Pack:
    path: Path
    labels: list[str]
    abnormal: list[str]
    size: int
    temperature: float = 1.0
    thresholds: dict[str, list[float]] = field(default_factory=dict)  # lower and upper point of each abnormal class
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
        thresholds = {label["id"]: label["thresholds"] for label in card["labels"] if label.get("thresholds")}
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


def logits_of(pack, rows, batch=8):
    """Every row through the shipped graph, from the original file with the shipped resize: logits, outlier scores."""
    logits, outlier = [], []
    for i in range(0, len(rows), batch):
        pictures = np.stack([data.squash(data.read_grey(r["path"]), pack.size).clip(0, 1) for r in rows[i : i + batch]])
        out = pack.run(pictures)
        logits.append(out["logits"])
        outlier.append(out.get("outlier", np.zeros(len(pictures))))
    return np.concatenate(logits), np.concatenate(outlier)


def answers_of(pack, rows, run=None):
    """Calibrated answers to every row, of a run already made or of a new one."""
    logits, outlier = run or logits_of(pack, rows)
    truth = np.array([pack.labels.index(r["label"]) if r["label"] in pack.labels else -1 for r in rows])
    return Answers(softmax(logits / pack.temperature), outlier, truth, np.array([r["source"] for r in rows]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack")
    parser.add_argument("--manifest", help="CSV with file,label[,source], or a feedback pack's manifest.json")
    args = parser.parse_args()
    role = tomllib.loads((MODELS / args.pack / "card.toml").read_text())["role"]
    for line in {"classifier": classifier, "gate": gate, "measure": cardiac}[role](args.pack, args.manifest):
        print(json.dumps(line))


def classifier(id, manifest):
    from packs import PACKS

    pack = Pack.open(MODELS / id)
    spec = PACKS.get(id)
    rows = data.manifest(manifest) if manifest else [r for r in spec.rows() if r["split"] == "test"]
    found = answers_of(pack, rows)
    unknown = sorted({r["label"] for r, t in zip(rows, found.truth) if t < 0})
    if unknown:
        yield {"labels that the pack does not have": unknown}
    groups = {} if manifest else {name: np.array([bool(keep(r)) for r in rows]) for name, keep in spec.groups.items()}
    yield from figures(pack, found, seed=20261121, name="manifest" if manifest else "test", groups=groups)
    yield {"confusion": confusion(pack, found), "labels": pack.labels}
    yield {"risk-coverage": risk_coverage(found)}


def gate(id, manifest):
    import evaluate_gate
    from packs import GATES

    sets = evaluate_gate.sets_of(data.manifest(manifest), GATES[id]) if manifest else evaluate_gate.sets(GATES[id])
    return evaluate_gate.figures(Pack.open(MODELS / id), sets)


def cardiac(id, manifest):
    import evaluate_cardiac

    return evaluate_cardiac.of_shipped(MODELS / id, manifest)


if __name__ == "__main__":
    main()
