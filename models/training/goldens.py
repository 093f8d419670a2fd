"""Writes what the Rust tests compare with: `python goldens.py` (after `export.py` and `export_gate.py`).

`models/cxr-open/golden/film.png`: a Kermany film (CC BY 4.0) as a file; `reference.json`: what torch (not
the shipped graph) and Pillow make of it: logits, autograd Grad-CAM maps, probabilities of gate and pack,
and squashed numbers of a made-up picture.
"""

import json

import numpy as np
import torch
from PIL import Image

import data
import gate
import net as nets
from check_maps import autograd_cam
from evaluate import MODELS, Pack
from measures import softmax
from packs import PACKS
from train import RUNS


def made_up(rows, columns):
    """The same numbers as in crates/reading/tests: a pattern with sharp edges, in 0..1."""
    y, x = np.mgrid[0:rows, 0:columns]
    return ((x * 7919 + y * 104729 + x * y * 31) % 256).astype(np.float32) / 255


def classifier(id, labels, **shape):
    net = nets.Classifier(labels, **shape).eval()
    net.load_state_dict(torch.load(RUNS / id / "weights.pt"))
    return net


def main():
    torch.set_num_threads(1)
    spec, folder = PACKS["cxr-open"], MODELS / "cxr-open" / "golden"
    row = next(r for r in spec.rows() if r["split"] == "test" and r["source"] == "kermany" and r["label"] != "Normal")
    grey = np.rint(data.read_grey(row["path"]) * 255).astype(np.uint8)
    Image.fromarray(grey).save(folder / "film.png", optimize=True)
    film = grey.astype(np.float32) / 255

    pack, net = Pack.open(MODELS / spec.id), classifier(spec.id, len(spec.labels))
    x = torch.from_numpy(data.squash(film, spec.size).clip(0, 1))[None, None]
    stored = torch.from_numpy(np.fromfile(folder / "input.u8", np.uint8).reshape(1, 1, spec.size, spec.size).astype(np.float32) / 255)
    watch, door = classifier("gate", 3, hidden=gate.HIDDEN, last=gate.LAST), Pack.open(MODELS / "gate")
    small = torch.from_numpy(data.squash(film, gate.SIZE).clip(0, 1))[None, None]
    with torch.no_grad():
        logits, film_logits, gate_logits = net(stored).numpy(), net(x).numpy(), watch(small).numpy()
    reference = {
        "input": {
            "logits": logits[0].tolist(),
            "probabilities": softmax(logits / pack.temperature)[0].tolist(),
            "maps": [autograd_cam(net, stored, i).ravel().tolist() for i in range(len(spec.labels))],
        },
        "film": {
            "probabilities": softmax(film_logits / pack.temperature)[0].tolist(),
            "gate": softmax(gate_logits / door.temperature)[0].tolist(),
        },
        "squash": [
            {"rows": r, "columns": c, "size": s, "values": data.squash(made_up(r, c), s).ravel().tolist()}
            for r, c, s in [(300, 417, 48), (40, 31, 48)]
        ],
    }
    (folder / "reference.json").write_text(json.dumps(reference) + "\n")


if __name__ == "__main__":
    main()
