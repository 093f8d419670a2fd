"""Turns trained weights into a pack: `python export.py cxr-open` (after `train.py`).

One ONNX graph with normalisation, logits, the exact Grad-CAM map of every class, features and an
outlier score; temperature, operating points and outlier threshold from the validation split; figures
from the test split; a golden input and output; and the card that binds all of it to the graph's hash.
"""

import argparse
import hashlib
import json
import platform
import tomllib
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
import honesty
import net as nets
import pictures as drawn
from evaluate import MODELS, Pack, answers_of, logits_of
from measures import confusion, ece, figures, risk_coverage, softmax
from packs import PACKS
from train import RUNS

COMPONENTS = 64


class Distance(nn.Module):
    """How far mean activations [N, K] are from those of the training pictures.

    Mahalanobis in the space of their first principal components, plus what lies outside that space, each in
    units of its spread over the training pictures; about 2 for a picture like those.
    """

    def __init__(self, pooled):
        super().__init__()
        mean = pooled.mean(0)
        _, _, axes = torch.linalg.svd(pooled - mean, full_matrices=False)
        axes = axes[:COMPONENTS]
        inside = (pooled - mean) @ axes.T
        outside = (pooled - mean - inside @ axes).square().sum(1)
        self.register_buffer("mean", mean)
        self.register_buffer("axes", axes)
        self.register_buffer("spread", inside.var(0))
        self.register_buffer("rest", outside.mean())

    def forward(self, pooled):
        centred = pooled - self.mean
        inside = centred @ self.axes.T
        outside = (centred - inside @ self.axes).square().sum(1)
        return (inside.square() / self.spread).mean(1) + outside / self.rest


class WithOutlier(nn.Module):
    """`Exported` plus the distance from the training films."""

    def __init__(self, net, pooled):
        super().__init__()
        self.exported = nets.Exported(net)
        self.distance = Distance(pooled)

    def forward(self, x):
        logits, maps, hidden, pooled = self.exported(x)
        return logits, maps, hidden, self.distance(pooled)


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


def refitted(net, pooled, truth, spec):
    """Fits both layers of the head anew on pooled activations [N, K] of training films as they are.

    Training showed spoilt films and rare classes often; a head that only knows those leans to Normal on clean films.
    The features stay (as Kirichenko et al. 2023 keep them); classes weigh (their mean count / their count) ^ balance.
    """
    torch.manual_seed(spec.seed)
    count = torch.bincount(truth).float()
    weight = (count.mean() / count) ** spec.balance
    net.dropout.train()
    optimiser = torch.optim.AdamW([*net.dense1.parameters(), *net.dense2.parameters()], lr=1e-3, weight_decay=0.1)
    for _ in range(spec.refit):
        logits = net.dense2(net.dropout(F.relu(net.dense1(net.dropout(pooled)))))
        loss = F.cross_entropy(logits, truth, weight=weight, label_smoothing=spec.smoothing)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    net.eval()


def operating_points(score, has):
    """Thresholds on a class's probability: the highest with sensitivity >= 0.9, and the best Youden index.

    A point that more than a fifth of the other films exceed sorts nothing; such a one is moved up to that fifth.
    """
    cuts = np.unique(score)
    sensitivity = np.array([(score[has] >= c).mean() for c in cuts])
    specificity = np.array([(score[~has] < c).mean() for c in cuts])
    at90 = max(float(cuts[sensitivity >= 0.9].max()), float(np.quantile(score[~has], 0.8)))
    youden = float(cuts[(sensitivity + specificity).argmax()])
    return sorted([at90, youden])


def guarded(cuts, score, share):
    """The upper point moved up until at most this share of films that are known to be mistaken lies above it."""
    least = float(np.quantile(score, 1 - share, method="higher")) + 1e-3
    return [cuts[0], min(0.99, max(cuts[1], least))]


def elsewhere(pack, spec):
    """Sensitivity on abnormal films of sources that may not be trained on; nothing is chosen on them."""
    if spec.reads != "chest_film" or spec.research_only:
        return []
    rows = data.manifest(data.DATA / "cxr" / "manifest.csv")
    rows = [r for r in rows if r["split"] == "test" and (r["source"] in ("cxnet", "ieee8023") or r["label"] == "COVID-19")]
    rows = [r | {"source": f"{r['source']} {r['label']}", "label": spec.abnormal[0]} for r in rows]
    found = figures(pack, answers_of(pack, rows), seed=spec.seed, name="never trained on")
    return [f for f in found if f["name"] == "sensitivity, lower point"]


def versions():
    import sklearn

    names = {"python": platform.python_version(), "torch": torch.__version__, "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
    return ", ".join(f"{k} {v}" for k, v in names.items())


def made_up(size, seed):
    """A picture made of a seed, for packs whose training pictures may not be published: soft blobs on a gradient, uint8."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:size, 0:size] / size
    out = 0.2 + 0.3 * y
    for _ in range(12):
        a, b, spread, weight = *rng.uniform(0.1, 0.9, 2), rng.uniform(0.03, 0.2), rng.uniform(-0.4, 0.6)
        out = out + weight * np.exp(-((x - a) ** 2 + (y - b) ** 2) / spread**2)
    return np.rint(out.clip(0, 1) * 255).astype(np.uint8)


def golden(folder, spec, rows, pack):
    """A picture whose licence lets it be published, or a made-up one, and what the graph says of it."""
    (folder / "golden").mkdir(exist_ok=True)
    row = next((r for r in rows if r["source"] == "kermany" and r["label"] != "Normal"), None)
    film = data.load([row], pack.size)[0] if row else made_up(pack.size, spec.seed)
    (folder / "golden" / "input.u8").write_bytes(film.tobytes())
    out = pack.run(film[None].astype(np.float32) / 255)
    stored = {"probabilities": softmax(out["logits"] / pack.temperature)[0].tolist(), "logits": out["logits"][0].tolist()}
    stored["maps"] = [m.ravel().tolist() for m in out["maps"][0]] if "maps" in out else []
    stored["outlier"] = float(out["outlier"][0]) if "outlier" in out else None
    (folder / "golden" / "output.json").write_text(json.dumps(stored) + "\n")
    return row["id"] if row else "made up"


def expected(folder, pack, rows, count=100):
    """What the program must say of pictures of the test split, within 1e-3: tests/stories/screening.rs compares."""
    some = [rows[i] for i in np.linspace(0, len(rows) - 1, count).astype(int)]
    found = answers_of(pack, some)
    lines = [{"file": Path(r["path"]).relative_to(data.DATA).as_posix(), "probabilities": dict(zip(pack.labels, p.tolist()))} for r, p in zip(some, found.p)]
    (folder / "golden" / "expected.json").write_text("[\n" + ",\n".join(json.dumps(line) for line in lines) + "\n]\n")


def calibrated(pack, spec, rows):
    """Sets temperature, operating points and outlier threshold on the validation split: share refused there."""
    logits, outlier = logits_of(pack, rows)
    truth = np.array([spec.labels.index(r["label"]) for r in rows])
    source = np.array([r["source"] for r in rows])
    pack.temperature = temperature(logits, truth)
    p = softmax(logits / pack.temperature)
    for name in spec.abnormal:
        k = spec.labels.index(name)
        cuts = operating_points(p[:, k], truth == k)
        for other_source, other_label in spec.guards.get(name, []):
            mistaken = (source == other_source) & (truth == spec.labels.index(other_label))
            cuts = guarded(cuts, p[mistaken, k], 0.25)
        pack.thresholds[name] = cuts
    # Each source weighs the same, so that the largest does not set the limit for the others.
    pack.outlier = max(float(np.quantile(outlier[source == s], 0.98)) for s in np.unique(source))
    return float((outlier > pack.outlier).mean())


def measured(pack, spec, rows, left_out):
    """What the card says of the test split, and of sources left out of training."""
    logits, outlier = logits_of(pack, rows)
    found = answers_of(pack, rows, (logits, outlier))
    groups = {name: np.array([bool(keep(r)) for r in rows]) for name, keep in spec.groups.items()}
    metrics = figures(pack, found, seed=spec.seed, groups=groups) + honesty.figures(pack, spec, rows) + left_out + elsewhere(pack, spec)
    drawn.all_of(MODELS / spec.id / "figures", pack, spec, rows, found)
    return dict(
        metrics=metrics, confusion=confusion(pack, found), risk_coverage=risk_coverage(found),
        ece_before=ece(softmax(logits), found.truth), ece_after=ece(found.p, found.truth), grid=list(pack.grid),
    )


def build(spec, folder, parts, run):
    """The graph of trained weights, calibrated, and the facts of its making."""
    net = nets.Classifier(len(spec.labels)).eval()
    net.load_state_dict(torch.load(RUNS / run / "weights.pt"))
    pooled = pooled_features(net, data.load(parts["train"], spec.size))
    if spec.refit:
        refitted(net, pooled, torch.tensor([spec.labels.index(r["label"]) for r in parts["train"]]), spec)
    sha256, parity = to_onnx(WithOutlier(net, pooled), spec.size, folder / "model.onnx", ["logits", "maps", "features", "outlier"])
    pack = Pack(folder / "model.onnx", spec.labels, spec.abnormal, spec.size)
    refused = calibrated(pack, spec, parts["val"])
    golden(folder, spec, parts["test"], pack)
    print(json.dumps({"sha256": sha256, "parity": parity}))
    facts = dict(sha256=sha256, temperature=pack.temperature, thresholds=pack.thresholds, outlier=pack.outlier, refused=refused)
    return pack, facts | dict(cpu_seconds=cpu_seconds(run), versions=versions(), date=date.today().isoformat())


def cpu_seconds(run):
    """Of the run and of those that it went on from."""
    last = json.loads((RUNS / run / "log.json").read_text())[-1]
    return last["cpu_s"] + (cpu_seconds(last["start"]) if last.get("start") else 0)


def shipped(folder):
    """A shipped pack and the facts of its making, from its card."""
    card = tomllib.loads((folder / "card.toml").read_text())
    pack, made = Pack.open(folder), card["training"]
    facts = dict(sha256=card["model"]["sha256"], temperature=pack.temperature, thresholds=pack.thresholds, outlier=pack.outlier, refused=card["outlier"]["refused"])
    facts |= dict(cpu_seconds=made["cpu_seconds"], versions=made["versions"], date=card["calibration"]["date"])
    return pack, facts, [m for m in card["metrics"] if "left out of training" in m["set"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack")
    parser.add_argument("--run", help="the trained run that is shipped; the pack's id unless told")
    parser.add_argument("--measure", action="store_true", help="only measure the shipped graph anew and write its card")
    args = parser.parse_args()
    torch.set_num_threads(1)
    spec = PACKS[args.pack]
    folder = MODELS / spec.id
    folder.mkdir(exist_ok=True)
    rows = spec.rows()
    parts = {name: [r for r in rows if r["split"] == name] for name in ("train", "val", "test")}
    if args.measure:
        pack, facts, left_out = shipped(folder)
    else:
        pack, facts = build(spec, folder, parts, args.run or spec.id)
        left_out = [json.loads(line) for f in sorted((RUNS / spec.id).glob("left_out-*.jsonl")) for line in f.read_text().splitlines()]
    facts |= measured(pack, spec, parts["test"], left_out) | {"parts": parts}
    cards.write(folder, spec, facts)
    expected(folder, pack, parts["test"])
    print(json.dumps({k: facts[k] for k in ("temperature", "thresholds", "outlier", "refused", "ece_before", "ece_after", "confusion")}))


if __name__ == "__main__":
    main()
