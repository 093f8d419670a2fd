"""What a good-looking figure may be made of: does the net know the hospital, and where does it look?

Printed in the card whether it flatters or not.
"""

import cv2
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import data
from measures import softmax

BOX = (0.10, 0.85, 0.10, 0.90)  # top, bottom, left, right of where the lungs are on an upright frontal film
BORDER = 0.10


def outputs(pack, pictures, batch=16):
    """Every output of the graph for uint8 pictures of its size."""
    runs = [pack.run(pictures[i : i + batch].astype(np.float32) / 255) for i in range(0, len(pictures), batch)]
    return {name: np.concatenate([r[name] for r in runs]) for name in runs[0]}


def source_probe(features, label, source):
    """{class: (n, AUROC)}: how well a linear probe tells the source from the features, within each class of several
    sources; 0.5 is a net that does not know. Cross-validated, one against the rest."""
    found = {}
    for name in sorted(set(label)):
        here = label == name
        counts = {s: int((source[here] == s).sum()) for s in set(source[here])}
        known = [s for s, n in counts.items() if n >= 20]
        if len(known) < 2:
            continue
        rows = here & np.isin(source, known)
        probe = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
        p = cross_val_predict(probe, features[rows], source[rows], cv=folds, method="predict_proba")
        score = roc_auc_score(source[rows], p if len(known) > 2 else p[:, 1], multi_class="ovr")
        found[name] = (int(rows.sum()), float(score))
    return found


def inside_box(maps):
    """Share of each map's energy inside the box, maps upsampled as they are shown; nan for an empty map."""
    out = []
    for one in maps:
        big = cv2.resize(one.astype(np.float32), (200, 200), interpolation=cv2.INTER_LINEAR)
        top, bottom, left, right = (int(edge * 200) for edge in BOX)
        total = big.sum()
        out.append(big[top:bottom, left:right].sum() / total if total > 0 else np.nan)
    return np.array(out)


def blacked_out(pictures):
    """The same pictures with the outer tenth of each side black: no markers, no borders."""
    edge = round(pictures.shape[1] * BORDER)
    out = np.zeros_like(pictures)
    out[:, edge:-edge, edge:-edge] = pictures[:, edge:-edge, edge:-edge]
    return out


def figures(pack, spec, rows):
    """Rows for the card, on the test split."""
    pictures = data.load(rows, spec.size)
    truth = np.array([spec.labels.index(r["label"]) for r in rows])
    bad_classes = [spec.labels.index(a) for a in spec.abnormal]
    bad = np.isin(truth, bad_classes)
    whole, cut = outputs(pack, pictures), outputs(pack, blacked_out(pictures))
    out = []

    def add(name, where, n, value):
        out.append({"name": name, "set": where, "n": int(n), "value": float(value), "low": None, "high": None})

    label, source = np.array([r["label"] for r in rows]), np.array([r["source"] for r in rows])
    for name, (n, score) in source_probe(whole["features"], label, source).items():
        add("source told from the features, AUROC", f"test: {name}", n, score)
    said = whole["logits"].argmax(1)
    shown = np.isin(said, bad_classes)
    share = inside_box(whole["maps"][np.flatnonzero(shown), said[shown]])
    if spec.reads == "chest_film":
        box = (BOX[1] - BOX[0]) * (BOX[3] - BOX[2])
        add(f"energy of the map inside the lung box ({box:.0%} of the picture)", "test: called abnormal", (~np.isnan(share)).sum(), np.nanmean(share))
    for name, run in (("as it is", whole), ("outer 10 % black", cut)):
        p = softmax(run["logits"] / pack.temperature)
        add(f"accuracy, {name}", "test", len(rows), (p.argmax(1) == truth).mean())
        add(f"AUROC, {name}", "test", len(rows), roc_auc_score(bad, p[:, bad_classes].sum(1)))
    return out
