"""Turns the gate's weights into its pack: `python export_gate.py` (after `gate.py`)."""

import json
from datetime import date

import numpy as np
import torch
from torch import nn

import cards
import data
import evaluate_gate
import gate
import net as nets
from evaluate import Pack, ece, predict, softmax
from export import MODELS, golden, temperature, to_onnx, versions
from packs import GATE
from train import RUNS


class Logits(nn.Module):
    """The gate gives no maps: it says what a picture is, not where."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        return self.net(x)


def validation(pack, rng):
    """Upright and inverted films of the validation split, and fresh pictures of something else."""
    rows = [r for r in data.chest_open() if r["split"] == "val"]
    films = np.stack([data.squash(data.read_grey(r["path"]), gate.SIZE) for r in rows])
    draw = list(evaluate_gate.GENERATED.values())
    big = data.load(rows, 256)
    other = [data.squash(draw[i % len(draw)](rng, 200) / np.float32(255), gate.SIZE) for i in range(len(rows) // 2)]
    other += [data.squash(evaluate_gate.part_of(f, rng) / np.float32(255), gate.SIZE) for f in big[::2]]
    x = np.concatenate([films, 1 - films, np.stack(other)]).astype(np.float32)
    truth = np.repeat([0, 1, 2], [len(films), len(films), len(other)])
    logits = np.concatenate([pack.run(x[i : i + 32])["logits"] for i in range(0, len(x), 32)])
    return logits, truth


def main():
    torch.set_num_threads(1)
    folder = MODELS / "gate"
    folder.mkdir(exist_ok=True)
    net = nets.Classifier(len(gate.LABELS), hidden=gate.HIDDEN, last=gate.LAST).eval()
    net.load_state_dict(torch.load(RUNS / "gate" / "weights.pt"))
    sha256, parity = to_onnx(Logits(net), gate.SIZE, folder / "model.onnx", ["logits"])
    pack = Pack(folder / "model.onnx", gate.LABELS, [], gate.SIZE)
    logits, truth = validation(pack, np.random.default_rng(gate.SEED))
    pack.temperature = temperature(logits, truth)
    rows = data.chest_open()
    kermany = next(r for r in rows if r["split"] == "test" and r["source"] == "kermany" and r["label"] != "Normal")
    golden(folder, kermany, pack)
    samples = {t: len(gate.dicom_pictures(trained=t)) for t in (True, False)}
    parts = {name: [r for r in rows if r["split"] == name] for name in ("train", "val", "test")}
    facts = dict(
        sha256=sha256, temperature=pack.temperature, grid=[0, 0], date=date.today().isoformat(), versions=versions(),
        ece_before=ece(softmax(logits), truth), ece_after=ece(softmax(logits / pack.temperature), truth),
        metrics=evaluate_gate.figures(pack), cpu_seconds=json.loads((RUNS / "gate" / "log.json").read_text())[-1]["cpu_s"],
        sources=cards.sources(parts)
        + [{"name": "dicom samples", "licence": cards.LICENCES["dicom"], "train": samples[True], "val": 0, "test": samples[False]}],
    )
    cards.write(folder, GATE, facts)
    print(json.dumps({"parity": parity, "temperature": pack.temperature, "sha256": sha256}))
    for figure in facts["metrics"]:
        print(json.dumps(figure))


if __name__ == "__main__":
    main()
