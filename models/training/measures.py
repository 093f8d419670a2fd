"""Figures of a classifier's answers, pooled and per source, each with n and a 95 % bootstrap interval."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import balanced_accuracy_score, confusion_matrix, f1_score, roc_auc_score


@dataclass
class Answers:
    """Of N pictures: calibrated probabilities [N, C], outlier score [N], true class [N] (-1: none of the pack's), source [N]."""

    p: np.ndarray
    outlier: np.ndarray
    truth: np.ndarray
    source: np.ndarray

    def of(self, rows):
        return Answers(self.p[rows], self.outlier[rows], self.truth[rows], self.source[rows])


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def ece(p, truth, bins=15):
    """Expected calibration error of the most probable class (Naeini et al. 2015), equal-width bins."""
    sure, right = p.max(1), p.argmax(1) == truth
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[which == b].mean() - right[which == b].mean()) * (which == b).mean() for b in range(bins) if (which == b).any()))


def interval(measure, n, rng, rounds=1000):
    """95 % bootstrap interval of a measure of row numbers."""
    values = []
    for _ in range(rounds):
        try:
            values.append(measure(rng.integers(0, n, n)))
        except ValueError:  # one class only in this resample
            continue
    values = [v for v in values if np.isfinite(v)]
    return [float(v) for v in np.quantile(values, [0.025, 0.975])] if len(values) > rounds // 2 else [None, None]


def figures(pack, answers, seed=0, name="test", groups=None):
    """Every figure of the card; `groups` are further sets of rows by name. Outliers count as answered here; `assessed` says what share is answered at all."""
    rng = np.random.default_rng(seed)
    p, truth = answers.p, answers.truth
    bad_classes = [pack.labels.index(a) for a in pack.abnormal]
    score, bad = p[:, bad_classes].sum(1), np.isin(truth, bad_classes)
    said, many = p.argmax(1), len(pack.labels) > 2
    out = []

    def add(metric, where, rows, measure):
        if len(rows) == 0:
            return
        try:
            value = float(measure(rows))
        except ValueError:
            return
        if not np.isfinite(value):
            return
        low, high = interval(lambda pick: measure(rows[pick]), len(rows), rng)
        out.append({"name": metric, "set": where, "n": int(len(rows)), "value": value, "low": low, "high": high})

    everything = np.arange(len(p))
    sets = [(name, everything)] + [(f"{name}: {s}", everything[answers.source == s]) for s in sorted(set(answers.source))]
    sets += [(f"{name}: {group}", everything[mask]) for group, mask in (groups or {}).items()]
    for where, rows in sets:
        present = sorted(set(truth[rows]))
        if len(set(bad[rows])) == 2:
            add("AUROC", where, rows, lambda i: roc_auc_score(bad[i], score[i]))
        add("accuracy", where, rows, lambda i: (said[i] == truth[i]).mean())
        if many and len(present) == len(pack.labels):
            add("balanced accuracy", where, rows, lambda i: balanced_accuracy_score(truth[i], said[i]))
            add("macro AUROC", where, rows, lambda i: roc_auc_score(truth[i], p[i], multi_class="ovr"))
        for k in present if many else []:
            label, mine = pack.labels[k], rows[truth[rows] == k]
            add(f"recall, {label}", where, mine, lambda i: (said[i] == k).mean())
            if where == name:
                add(f"precision, {label}", where, rows[said[rows] == k], lambda i: (truth[i] == k).mean())
                add(f"F1, {label}", where, rows, lambda i: f1_score(truth[i] == k, said[i] == k))
                add(f"AUROC, {label}", where, rows, lambda i: roc_auc_score(truth[i] == k, p[i, k]))
        for label, cuts in pack.thresholds.items():
            k = pack.labels.index(label)
            has = truth[rows] == k
            of = f", {label}" if many else ""
            for point, cut in zip(("lower", "upper"), cuts):
                if has.any():
                    add(f"sensitivity, {point} point{of}", where, rows[has], lambda i: (p[i, k] >= cut).mean())
                if not has.all():
                    add(f"specificity, {point} point{of}", where, rows[~has], lambda i: (p[i, k] < cut).mean())
        add("ECE", where, rows, lambda i: ece(p[i], truth[i]))
        add("assessed", where, rows, lambda i: (answers.outlier[i] <= pack.outlier).mean())
    return out


def confusion(pack, answers):
    """Rows: true class; columns: most probable class."""
    return confusion_matrix(answers.truth, answers.p.argmax(1), labels=range(len(pack.labels))).tolist()


def risk_coverage(answers):
    """[(share answered, error among those)], the surest first: what refusing the unsure would buy (El-Yaniv 2010)."""
    order = np.argsort(-answers.p.max(1))
    wrong = (answers.p.argmax(1) != answers.truth)[order]
    errors = np.cumsum(wrong) / np.arange(1, len(wrong) + 1)
    return [(round(share, 2), round(float(errors[max(0, int(share * len(wrong)) - 1)]), 4)) for share in np.linspace(0.1, 1, 19)]
