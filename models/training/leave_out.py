"""Trains without one source and measures on that source: `python leave_out.py cxr-open nih [EPOCHS]`.

What a pack is worth at a hospital that it has not seen. Prints JSON lines and leaves the last, over all
of the source's films, where `export.py` finds it for the card; ships no weights.
"""

import json
import sys

import cv2
import numpy as np
import torch
from sklearn.metrics import roc_auc_score

import data
from evaluate import interval, softmax
from packs import PACKS
from train import RUNS, logits_of, train


def main():
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    pack, source = PACKS[sys.argv[1]], sys.argv[2]
    epochs = int(sys.argv[3]) if len(sys.argv) > 3 else None
    net, _ = train(pack, without=source, epochs=epochs)
    # Nothing of this source was trained on, so all of its splits are unseen; test alone is comparable.
    for splits in (["test"], ["train", "val", "test"]):
        rows = [r for r in pack.rows() if r["source"] == source and r["split"] in splits]
        p = softmax(logits_of(net, data.load(rows, pack.size), pack.size))
        bad = np.array([r["label"] in pack.abnormal for r in rows])
        score = p[:, [pack.labels.index(a) for a in pack.abnormal]].sum(1)
        low, high = interval(lambda i: roc_auc_score(bad[i], score[i]), len(rows), np.random.default_rng(pack.seed))
        figure = {"name": "AUROC", "set": f"{source}, left out of training", "n": len(rows), "value": float(roc_auc_score(bad, score)), "low": low, "high": high}
        print(json.dumps({"left_out": source, "splits": splits, "n": len(rows), "abnormal": int(bad.sum()), "auroc": roc_auc_score(bad, score), "low": low, "high": high}), flush=True)
    folder = RUNS / pack.id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"left_out-{source}.json").write_text(json.dumps(figure))


if __name__ == "__main__":
    main()
