"""Pictures of a model card: calibration, risk against coverage, confusion, and maps on films that may be published."""

import cv2
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import data
from measures import confusion, risk_coverage

PUBLISHABLE = data.PUBLISHABLE


def reliability(ax, answers, bins=10):
    """Share right against certainty, with a dot's area for how many."""
    sure, right = answers.p.max(1), answers.p.argmax(1) == answers.truth
    which = np.minimum((sure * bins).astype(int), bins - 1)
    used = [b for b in range(bins) if (which == b).any()]
    ax.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    ax.scatter([sure[which == b].mean() for b in used], [right[which == b].mean() for b in used],
               s=[15 + 250 * (which == b).mean() for b in used], color="#0b6e99", zorder=2)
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="certainty of the answer", ylabel="share that is right", title="Calibration")


def risk(ax, answers):
    """Error among the surest share of the films."""
    share, error = zip(*risk_coverage(answers))
    ax.plot(share, error, color="#0b6e99")
    ax.set(xlim=(0, 1), ylim=(0, None), xlabel="share answered, the surest first", ylabel="error among those", title="Risk and coverage")


def matrix(ax, labels, counts):
    """Confusion: shares of a row as grey, counts as numbers."""
    counts = np.array(counts)
    ax.imshow(counts / np.maximum(1, counts.sum(1, keepdims=True)), cmap="Greys", vmin=0, vmax=1.3)
    for (i, j), n in np.ndenumerate(counts):
        ax.text(j, i, n, ha="center", va="center", fontsize=9, color="white" if n > 0.7 * counts[i].sum() else "black")
    short = [label.replace(" ", "\n") for label in labels]
    ax.set_xticks(range(len(labels)), short, fontsize=7)
    ax.set_yticks(range(len(labels)), short, fontsize=7)
    ax.set(xlabel="most probable", ylabel="true", title="Test split")


def maps(path, pack, spec, rows, count=4):
    """Films of the test split whose pictures may be published, and the map of the most probable class."""
    rows = [r for r in rows if r["source"] in PUBLISHABLE and r["label"] != "Normal"]
    rows = [rows[i] for i in np.linspace(0, len(rows) - 1, count).astype(int)]
    figure, axes = plt.subplots(2, count, figsize=(2 * count, 4.3))
    for (top, bottom), row in zip(axes.T, rows):
        film = data.squash(data.read_grey(row["path"]), spec.size)
        out = pack.run(film[None])
        k = out["logits"][0].argmax()
        heat = cv2.resize(out["maps"][0, k], (spec.size, spec.size))
        for ax in (top, bottom):
            ax.imshow(film, cmap="gray", vmin=0, vmax=1)
            ax.axis("off")
        if heat.max() > 0:
            bottom.imshow(heat, cmap="inferno", alpha=0.45)
        top.set_title(f"{row['source']}: {row['label']}", fontsize=8)
        bottom.set_title(f"says {spec.labels[k]}", fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=75)
    plt.close(figure)


def all_of(folder, pack, spec, rows, answers):
    folder.mkdir(exist_ok=True)
    figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.4))
    reliability(axes[0], answers)
    risk(axes[1], answers)
    matrix(axes[2], spec.labels, confusion(pack, answers))
    figure.tight_layout()
    figure.savefig(folder / "figures.png", dpi=80)
    plt.close(figure)
    if any(r["source"] in PUBLISHABLE and r["label"] != "Normal" for r in rows):
        maps(folder / "maps.png", pack, spec, rows)
