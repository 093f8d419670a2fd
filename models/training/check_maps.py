"""Compares the shipped graph's maps with torch autograd's Grad-CAM: `python check_maps.py PACK [N]`.

Prints the smallest cosine over all classes of N films of the test split. A map that is zero in both
counts as equal. The torch network gets its weights from the shipped graph, so nothing has to be trained for it.
"""

import json
import sys

import numpy as np
import torch
from torch.nn import functional as F

import data
import net as nets
from evaluate import MODELS, Pack
from packs import PACKS


def autograd_cam(net, x, index):
    """Grad-CAM as published: channel weights are the mean gradient of the logit over the grid."""
    grid = net.grid(x).detach().requires_grad_(True)
    logit = net.dense2(F.relu(net.dense1(grid.mean((2, 3)))))[0, index]
    (gradient,) = torch.autograd.grad(logit, grid)
    return F.relu((gradient.mean((2, 3), keepdim=True) * grid).sum(1))[0].detach().numpy()


def main():
    torch.set_num_threads(1)
    spec = PACKS[sys.argv[1]]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    net = nets.from_graph(MODELS / spec.id / "model.onnx", len(spec.labels))
    pack = Pack.open(MODELS / spec.id)
    rows = [r for r in spec.rows() if r["split"] == "test"]
    picked = np.random.default_rng(spec.seed).choice(len(rows), count, replace=False)
    worst, empty, largest, apart = 1.0, 0, 0.0, 0.0
    for i in picked:
        x = data.squash(data.read_grey(rows[i]["path"]), spec.size)[None]
        run = pack.run(x)
        maps = run["maps"][0]
        with torch.no_grad():
            apart = max(apart, float(np.abs(net(torch.from_numpy(x)[None])[0].numpy() - run["logits"][0]).max()))
        for index in range(len(spec.labels)):
            expected = autograd_cam(net, torch.from_numpy(x)[None], index)
            found = maps[index]
            if not expected.any() and not found.any():
                empty += 1
                continue
            norm = np.linalg.norm(expected) * np.linalg.norm(found)
            worst = min(worst, float((expected * found).sum() / norm) if norm else 0.0)
            largest = max(largest, float(np.abs(expected - found).max() / expected.max()))
    print(json.dumps({"pack": spec.id, "films": count, "classes": len(spec.labels), "smallest_cosine": worst, "largest_relative_difference": largest, "logits_apart": apart, "empty_in_both": empty}))
    sys.exit(0 if worst >= 0.999 and apart <= 1e-4 else 1)


if __name__ == "__main__":
    main()
