"""Turns trained weights into a pack: `python export.py cxr-open` (after `train.py`).

One ONNX graph with normalisation, logits, the exact Grad-CAM map of every class, features and an
outlier score; temperature, operating points and outlier threshold from the validation split; figures
from the test split; a golden input and output; and the card that binds all of it to the graph's hash.
"""

import hashlib
import json
import platform
import sys
from datetime import date
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn import functional as F

import cards
import data
import net as nets
from evaluate import Pack, figures, predict, softmax, ece
from packs import PACKS
from train import RUNS

MODELS = Path(__file__).resolve().parents[1]
COMPONENTS = 64


class WithOutlier(nn.Module):
    """`Exported` plus a distance from the training films.

    The distance is Mahalanobis on the mean activations [1280], in the space of their first principal
    components, plus what lies outside that space, each in units of its spread over the training films;
    about 2 for a film like those.
    """

    def __init__(self, net, pooled):
        super().__init__()
        self.exported = nets.Exported(net)
        mean = pooled.mean(0)
        _, _, axes = torch.linalg.svd(pooled - mean, full_matrices=False)
        axes = axes[:COMPONENTS]
        inside = (pooled - mean) @ axes.T
        outside = (pooled - mean - inside @ axes).square().sum(1)
        self.register_buffer("mean", mean)
        self.register_buffer("axes", axes)
        self.register_buffer("spread", inside.var(0))
        self.register_buffer("rest", outside.mean())

    def forward(self, x):
        logits, maps, hidden, pooled = self.exported(x)
        centred = pooled - self.mean
        inside = centred @ self.axes.T
        outside = (centred - inside @ self.axes).square().sum(1)
        outlier = (inside.square() / self.spread).mean(1) + outside / self.rest
        return logits, maps, hidden, outlier


def to_onnx(module, size, path, outputs):
    """Writes opset 17 with a dynamic batch, in one file, without the paths of this machine."""
    module.eval()
    example = torch.rand(2, 1, size, size)
    with torch.no_grad():  # before the export, which leaves dropout on
        expected = module(example)
    expected = [t.numpy() for t in (expected if isinstance(expected, tuple) else [expected])]
    torch.onnx.export(
        module, (example,), str(path), dynamo=False, opset_version=17, do_constant_folding=True,
        input_names=["input"], output_names=outputs,
        dynamic_axes={name: {0: "n"} for name in ["input", *outputs]},
    )
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model)
    onnx.save(model, path)
    found = onnxruntime.InferenceSession(str(path)).run(None, {"input": example.numpy()})
    worst = max(float(np.abs(a - b).max() / max(1.0, np.abs(a).max())) for a, b in zip(expected, found))
    if worst > 1e-4:
        raise SystemExit(f"onnxruntime and torch differ by {worst:.2e}")
    return hashlib.sha256(path.read_bytes()).hexdigest(), worst


@torch.no_grad()
def pooled_features(net, pictures, batch=16):
    net.eval()
    out = [net.grid(torch.from_numpy(pictures[i : i + batch]).float()[:, None] / 255).mean((2, 3)) for i in range(0, len(pictures), batch)]
    return torch.cat(out)


def temperature(logits, truth):
    """The divisor of the logits with the least negative log-likelihood (Guo et al. 2017)."""
    logits, truth = torch.from_numpy(logits), torch.from_numpy(truth)
    grid = np.exp(np.linspace(np.log(0.2), np.log(5), 400))
    return float(min(grid, key=lambda t: F.cross_entropy(logits / t, truth).item()))


def operating_points(score, bad):
    """Thresholds on the score: the highest with sensitivity >= 0.9, and the best Youden index."""
    cuts = np.unique(score)
    sensitivity = np.array([(score[bad] >= c).mean() for c in cuts])
    specificity = np.array([(score[~bad] < c).mean() for c in cuts])
    at90 = float(cuts[sensitivity >= 0.9].max())
    youden = float(cuts[(sensitivity + specificity).argmax()])
    return at90, youden


def elsewhere(pack, spec):
    """Sensitivity on abnormal films of sources that may not be trained on; nothing is chosen on them."""
    if spec.reads != "chest_film" or spec.research_only:
        return []
    rows = data.manifest(data.DATA / "cxr" / "manifest.csv")
    rows = [r for r in rows if r["split"] == "test" and (r["source"] in ("cxnet", "ieee8023") or r["label"] == "COVID-19")]
    rows = [r | {"source": f"{r['source']} {r['label']}", "label": spec.abnormal[0]} for r in rows]
    found = figures(pack, predict(pack, rows), seed=spec.seed, name="never trained on")
    return [f for f in found if f["name"] == "sensitivity, lower point"]


def versions():
    import sklearn

    names = {"python": platform.python_version(), "torch": torch.__version__, "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
    return ", ".join(f"{k} {v}" for k, v in names.items())


def golden(folder, row, pack):
    """A film whose licence lets it be published, squashed, and what the graph says of it."""
    (folder / "golden").mkdir(exist_ok=True)
    film = data.load([row], pack.size)[0]
    (folder / "golden" / "input.u8").write_bytes(film.tobytes())
    out = pack.run(film[None].astype(np.float32) / 255)
    stored = {"probabilities": softmax(out["logits"] / pack.temperature)[0].tolist(), "logits": out["logits"][0].tolist()}
    stored["maps"] = [m.ravel().tolist() for m in out["maps"][0]] if "maps" in out else []
    stored["outlier"] = float(out["outlier"][0]) if "outlier" in out else None
    (folder / "golden" / "output.json").write_text(json.dumps(stored) + "\n")
    return row["id"]


def main():
    torch.set_num_threads(1)
    spec = PACKS[sys.argv[1]]
    folder = MODELS / spec.id
    folder.mkdir(exist_ok=True)
    net = nets.Classifier(len(spec.labels)).eval()
    net.load_state_dict(torch.load(RUNS / spec.id / "weights.pt"))
    rows = spec.rows()
    parts = {name: [r for r in rows if r["split"] == name] for name in ("train", "val", "test")}
    pooled = pooled_features(net, data.load(parts["train"], spec.size))
    sha256, parity = to_onnx(WithOutlier(net, pooled), spec.size, folder / "model.onnx", ["logits", "maps", "features", "outlier"])

    pack = Pack(folder / "model.onnx", spec.labels, spec.abnormal, spec.size)
    val = predict(pack, parts["val"])
    pack.temperature = temperature(val.logits, val.truth)
    score = softmax(val.logits / pack.temperature)[:, [spec.labels.index(a) for a in spec.abnormal]].sum(1)
    bad = np.isin(val.truth, [spec.labels.index(a) for a in spec.abnormal])
    at90, youden = operating_points(score, bad)
    pack.thresholds = sorted([at90, youden])
    # Each source weighs the same, so that the largest does not set the limit for the others.
    pack.outlier = max(float(np.quantile(val.outlier[val.source == s], 0.98)) for s in np.unique(val.source))

    test = predict(pack, parts["test"])
    before = ece(softmax(test.logits), test.truth)
    after = ece(softmax(test.logits / pack.temperature), test.truth)
    metrics = figures(pack, test, seed=spec.seed)
    metrics += [json.loads(p.read_text()) for p in sorted((RUNS / spec.id).glob("left_out-*.json"))]
    metrics += elsewhere(pack, spec)
    golden_row = next(r for r in parts["test"] if r["source"] == "kermany" and r["label"] != "Normal")
    golden_id = golden(folder, golden_row, pack)
    log = json.loads((RUNS / spec.id / "log.json").read_text())
    facts = dict(
        sha256=sha256, temperature=pack.temperature, at90=at90, youden=youden, outlier=pack.outlier,
        refused=float((val.outlier > pack.outlier).mean()), ece_before=before, ece_after=after,
        grid=list(pack.grid), metrics=metrics, parts=parts, cpu_seconds=log[-1]["cpu_s"],
        versions=versions(), date=date.today().isoformat(), parity=parity, golden_id=golden_id,
        validation=log[-1],
    )
    cards.write(folder, spec, facts)
    print(json.dumps({k: facts[k] for k in ("sha256", "temperature", "at90", "youden", "outlier", "refused", "ece_before", "ece_after", "parity")}))


if __name__ == "__main__":
    main()
