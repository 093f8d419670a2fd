"""Measures the cardiac pack; `python evaluate.py cardiac-mri` prints it.

Dice in three dimensions for each patient and phase, as the ACDC challenge counts it (Bernard et al. 2018), on masks at
the pictures' own size; ejection fractions against those of the reference masks; the class by patient. Intervals are
95 % bootstrap over patients.
"""

import os
import tomllib

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is imported

import cv2
import numpy as np
import onnxruntime
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import cardiac
import data
import segment
from measures import interval, softmax
from packs import CARDIAC


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options)


def masks_of(parts, rows, columns):
    """A mask at the picture's own size of the graph's [3, S, S]: the likeliest of background and parts, as the program does."""
    big = np.stack([cv2.resize(part, (columns, rows), interpolation=cv2.INTER_LINEAR) for part in parts])
    return np.concatenate([1 - big.sum(0, keepdims=True), big]).argmax(0).astype(np.uint8)


def outlined(graph, rows):
    """(masks at the pictures' size, area of each part in pixels, outlier scores) of the rows.

    Areas are counted on the graph's own grid, as the program counts them.
    """
    masks, areas, outlier = [], [], []
    for row in rows:
        grey = data.read_grey(row["path"])
        parts, far = graph.run(None, {"input": data.squash(grey, segment.SIZE).clip(0, 1)[None, None]})
        masks.append(masks_of(parts[0], *grey.shape))
        grid = masks_of(parts[0], segment.SIZE, segment.SIZE)
        areas.append(np.bincount(grid.ravel(), minlength=4)[1:] * grey.size / grid.size)
        outlier.append(float(far[0]))
    return masks, areas, np.array(outlier)


def classes(measure, temperature, ratios):
    """Probabilities [N, 5] of ratios [N, R], by what the card holds."""
    x = (ratios - np.array(measure["centre"])) / np.array(measure["scale"])
    return softmax((x @ np.array(measure["weights"]).T + np.array(measure["bias"])) / temperature)


def figures(graph, spec, measure, temperature, limit, rows, name):
    """Dice, ejection fractions and class on these rows."""
    rng = np.random.default_rng(spec.seed)
    masks, areas, outlier = outlined(graph, rows)
    dice = segment.dice_by_patient(rows, masks)
    patients = sorted({p for p, _ in dice})
    out = []

    def add(figure, where, values):
        values = np.asarray(values, float)
        low, high = interval(lambda i: values[i].mean(), len(values), rng)
        out.append({"name": figure, "set": f"{name} {where}", "n": len(values), "value": float(values.mean()), "low": low, "high": high})

    for k, part in enumerate(segment.PARTS):
        add(f"Dice, {part}", "patients, both phases", [(dice[p, "ED"][k] + dice[p, "ES"][k]) / 2 for p in patients])
        for phase, long in (("ED", "end-diastole"), ("ES", "end-systole")):
            add(f"Dice, {part}", f"patients, {long}", [dice[p, phase][k] for p in patients])
    true = {p: cardiac.ratios(s) for p, s in cardiac.stacks(rows, cardiac.counted(rows)).items()}
    found = {p: cardiac.ratios(s) for p, s in cardiac.stacks(rows, areas).items()}
    for ratio in ("lv_ejection_fraction", "rv_ejection_fraction"):
        k = cardiac.RATIOS.index(ratio)
        add(f"mean absolute error, {ratio.replace('_', ' ')}", "patients", [abs(found[p][k] - true[p][k]) for p in patients])
    diagnosis = {r["group"]: spec.labels.index(r["label"]) for r in rows}
    said = classes(measure, temperature, np.array([found[p] for p in patients])).argmax(1)
    add("class right", "patients, this pack's outlines", said == [diagnosis[p] for p in patients])
    add("assessed", "slices", outlier <= limit)
    return out


def folded(spec):
    """Class by patient, five folds over all patients, on the reference outlines: what the ratios can do."""
    rows = segment.slices()
    ratios = {p: cardiac.ratios(s) for p, s in cardiac.stacks(rows, cardiac.counted(rows)).items()}
    diagnosis = {r["group"]: spec.labels.index(r["label"]) for r in rows}
    patients = sorted(ratios)
    x, y = np.array([ratios[p] for p in patients]), np.array([diagnosis[p] for p in patients])
    right = cross_val_predict(regression(), x, y, cv=StratifiedKFold(5, shuffle=True, random_state=0)) == y
    low, high = interval(lambda i: right[i].mean(), len(right), np.random.default_rng(spec.seed))
    return {"name": "class right", "set": f"all {len(right)} patients, 5-fold, reference outlines", "n": len(right), "value": float(right.mean()), "low": low, "high": high}


def regression():
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=5000))


def of_shipped(folder, manifest=None):
    """The figures of the shipped pack, on its test patients or on a manifest's."""
    card = tomllib.loads((folder / "card.toml").read_text())
    rows = segment.slices(manifest) if manifest else [r for r in segment.slices() if r["split"] == "test"]
    rest = card["measure"], card["calibration"]["temperature"], card["outlier"]["threshold"], rows, "manifest" if manifest else "test"
    return figures(session(folder / card["model"]["file"]), CARDIAC, *rest) + ([] if manifest else [folded(CARDIAC)])
