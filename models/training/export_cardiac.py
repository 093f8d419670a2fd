"""Makes `models/cardiac-mri` of trained weights: `python export_cardiac.py` (after `segment.py`).

One graph: a slice in, the probability of each part at every pixel and an outlier score out. The patient's class is a
logistic regression on ratios of areas (cardiac.py), written into the card, so that anybody can see what it weighs.
Everything is chosen on the training and validation patients; the test patients are measured once.
"""

import argparse
import json
from datetime import date

import numpy as np
import torch
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from torch import nn

import cardiac
import cards
import data
import segment
from evaluate import MODELS
from evaluate_cardiac import figures, folded, outlined, regression, session
from export import Distance, cpu_seconds, made_up, operating_points, temperature, to_onnx, versions
from measures import ece, softmax
from packs import CARDIAC
from train import RUNS

LEAST_SLICES = 5


class Outlined(nn.Module):
    """Grey [N, 1, S, S] -> parts [N, 3, S, S] (probability of each part at each pixel), outlier [N]."""

    def __init__(self, net, pooled):
        super().__init__()
        self.net = net
        self.distance = Distance(pooled)

    def forward(self, x):
        grids = self.net.encode(x)
        parts = torch.softmax(self.net.decode(grids), 1)[:, 1:]
        return parts, self.distance(grids[-1].mean((2, 3)))


def pooled(net, rows, batch=8):
    pictures = data.load(rows, segment.SIZE).astype(np.float32) / 255
    with torch.no_grad():
        return torch.cat([net.encode(torch.from_numpy(pictures[i : i + batch])[:, None])[-1].mean((2, 3)) for i in range(0, len(rows), batch)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default=CARDIAC.id, help="the trained run that is shipped")
    run = parser.parse_args().run
    torch.set_num_threads(1)
    spec, folder = CARDIAC, MODELS / CARDIAC.id
    (folder / "golden").mkdir(parents=True, exist_ok=True)
    net = segment.Segmenter().eval()
    net.load_state_dict(torch.load(RUNS / run / "weights.pt"))
    rows = segment.slices()
    parts = {name: [r for r in rows if r["split"] == name] for name in ("train", "val", "test")}
    sha256, parity = to_onnx(Outlined(net, pooled(net, parts["train"])), spec.size, folder / "model.onnx", ["parts", "outlier"])
    graph = session(folder / "model.onnx")

    reference = cardiac.stacks(rows, cardiac.counted(rows))
    diagnosis = {r["group"]: spec.labels.index(r["label"]) for r in rows}
    split = {r["group"]: r["split"] for r in rows}
    patients = sorted(reference)
    true = {p: cardiac.ratios(reference[p]) for p in patients}
    fit = [p for p in patients if split[p] != "test"]
    x, y = np.array([true[p] for p in fit]), np.array([diagnosis[p] for p in fit])
    model = regression().fit(x, y)
    scaler, linear = model[0], model[1]
    folds = StratifiedKFold(5, shuffle=True, random_state=spec.seed % 2**31)
    logits = np.log(cross_val_predict(regression(), x, y, cv=folds, method="predict_proba").clip(1e-9))
    heat = temperature(logits.astype(np.float32), y)
    p = softmax(logits / heat)
    thresholds = {name: operating_points(p[:, k], y == k) for k, name in enumerate(spec.labels) if name in spec.abnormal}

    _, val_areas, val_outlier = outlined(graph, parts["val"])
    found = cardiac.stacks(parts["val"], val_areas)
    errors = np.array([np.abs(cardiac.ratios(found[p]) - true[p]) for p in sorted(found)])
    limit = float(np.quantile(val_outlier, 0.98))
    measure = {
        "parts": [part.replace(" ", "_") for part in segment.PARTS], "ratios": cardiac.RATIOS,
        "centre": scaler.mean_.round(6).tolist(), "scale": scaler.scale_.round(6).tolist(),
        "weights": linear.coef_.round(6).tolist(), "bias": linear.intercept_.round(6).tolist(),
        "intervals": np.quantile(errors, 0.9, axis=0).round(4).tolist(), "least_slices": LEAST_SLICES,
    }
    golden(folder, graph, spec)
    facts = dict(
        sha256=sha256, temperature=heat, thresholds=thresholds, grid=[spec.size, spec.size], measure=measure,
        outlier=limit, refused=float((val_outlier > limit).mean()), ece_before=ece(softmax(logits), y), ece_after=ece(p, y),
        metrics=figures(graph, spec, measure, heat, limit, parts["test"], "test") + [folded(spec)], parts=parts, cpu_seconds=cpu_seconds(run), versions=versions(), date=date.today().isoformat(),
    )
    cards.write(folder, spec, facts)
    print(json.dumps({"sha256": sha256, "parity": parity, "temperature": heat}))
    for figure in facts["metrics"]:
        print(json.dumps(figure))


def golden(folder, graph, spec):
    """A made-up picture, because ACDC's may not be published here, and the mean probability of each part on it."""
    picture = made_up(spec.size, spec.seed)
    (folder / "golden" / "input.u8").write_bytes(picture.tobytes())
    parts, outlier = graph.run(None, {"input": picture[None, None].astype(np.float32) / 255})
    stored = {"probabilities": parts[0].mean((1, 2)).tolist(), "maps": [], "outlier": float(outlier[0])}
    (folder / "golden" / "output.json").write_text(json.dumps(stored) + "\n")


if __name__ == "__main__":
    main()
