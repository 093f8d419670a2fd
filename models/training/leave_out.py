"""Trains without one source and measures on that source: `python leave_out.py cxr nih epochs=4 size=160`.

What a pack is worth at a hospital that it has not seen. Where the source has films of one kind only, the other
kind comes from the test split of the sources that were trained on, which flatters or harms by what tells those
sources apart; the row says so. Prints JSON lines and leaves them where `export.py` finds them for the card; ships
no weights.
"""

import json
import sys

import cv2
import numpy as np
import torch
from sklearn.metrics import roc_auc_score

import data
from measures import interval, softmax
from packs import PACKS
from train import RUNS, changed, logits_of, train


def main():
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    spec, source = PACKS[sys.argv[1]], sys.argv[2]
    pack = changed(spec, sys.argv[3:])
    net, _ = train(pack, without=source)
    rows = pack.rows()
    # Nothing of this source was trained on, so all of its splits are unseen.
    own = [r for r in rows if r["source"] == source]
    missing = {True, False} - {r["label"] in pack.abnormal for r in own}
    others = [r for r in rows if r["split"] == "test" and r["source"] != source and (r["label"] in pack.abnormal) in missing]
    p = softmax(logits_of(net, data.load(own + others, pack.size), pack.size))
    bad = np.array([r["label"] in pack.abnormal for r in own + others])
    score = p[:, [pack.labels.index(a) for a in pack.abnormal]].sum(1)
    low, high = interval(lambda i: roc_auc_score(bad[i], score[i]), len(bad), np.random.default_rng(pack.seed))
    against = f" (against {'normal' if False in missing else 'abnormal'} films of the others)" if missing else ""
    made = f"{source}, left out of training at {pack.size} px, {pack.epochs} epochs{against}"
    line = json.dumps({"name": "AUROC", "set": made, "n": len(bad), "value": float(roc_auc_score(bad, score)), "low": low, "high": high})
    print(line, flush=True)
    folder = RUNS / spec.id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"left_out-{source}.jsonl").write_text(line + "\n")


if __name__ == "__main__":
    main()
