"""Trains the cardiac pack's network, which outlines right ventricle, myocardium and left ventricle on one
short-axis slice: `python segment.py`. Then `export_cardiac.py` makes the pack.

The encoder is MobileNetV2 with ImageNet weights, the decoder a light U-Net (Ronneberger et al. 2015). Training
sees windows of the squashed slice, mostly around the heart; the shipped net sees the whole slice at once.
Writes `$MEDIBRIDGE_RUNS/<run>/weights.pt` and a log of validation figures. The test patients are not read here.
"""

import argparse
import copy
import json
import time

import cv2
import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

import data
import net as nets
from train import PRETRAINED, RUNS

SIZE = 224
PARTS = ["right ventricle", "myocardium", "left ventricle"]  # values 1, 2, 3 of the masks
SEED, BATCH, DECAY, AVERAGE = 20261122, 16, 1e-2, 0.997
# After these layers of the encoder the grid is halved: 1/2, 1/4, 1/8, 1/16, and the deepest, 1/32.
TAPS = (1, 3, 6, 13, 17)
WIDTHS = (16, 32, 48, 64, 128)


class Up(nn.Module):
    """Doubles the grid and joins the encoder's activations of that size."""

    def __init__(self, inputs, joined, outputs, twice):
        super().__init__()
        layers = []
        for width in [inputs + joined, outputs][: 1 + twice]:
            layers += [nn.Conv2d(width, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
        self.conv = nn.Sequential(*layers)

    def forward(self, x, joined):
        x = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.conv(torch.cat([x, joined], 1))


class Segmenter(nn.Module):
    """Grey float32 [N, 1, S, S] in 0..1 -> logits [N, 4, S, S] of background and the three parts. S is a multiple of 32.

    Layers of the encoder before `frozen` keep their ImageNet weights in training.
    """

    def __init__(self, frozen=0):
        super().__init__()
        self.frozen = frozen
        self.features = nets.features(TAPS[-1])
        taps = [16, 24, 32, 96, 320]
        self.ups = nn.ModuleList()
        width = taps[-1]
        for joined, outputs in zip([*reversed(taps[:-1]), 1], reversed(WIDTHS)):
            self.ups.append(Up(width, joined, outputs, twice=joined > 1))
            width = outputs
        self.last = nn.Conv2d(width, len(PARTS) + 1, 1)
        self.dropout = nn.Dropout2d(0.2)

    def encode(self, x):
        """The picture and the activations after each tap, the deepest last."""
        grids, y = [x], (x * 2 - 1).expand(-1, 3, -1, -1)
        for i, layer in enumerate(self.features):
            with torch.set_grad_enabled(torch.is_grad_enabled() and i >= self.frozen):
                y = layer(y)
            if i in TAPS:
                grids.append(y)
        return grids

    def decode(self, grids):
        y = self.dropout(grids[-1])
        for up, joined in zip(self.ups, reversed(grids[:-1])):
            y = up(y, joined)
        return self.last(y)

    def forward(self, x):
        return self.decode(self.encode(x))


def slices(manifest=None):
    """The rows of a cardiac manifest with phase (ED or ES), slice number and the mask's path."""
    rows = data.manifest(manifest or data.DATA / "cmr" / "manifest.csv")
    for row in rows:
        _, _, patient, phase, number = row["id"].split("-")
        row |= {"phase": phase, "slice": int(number[1:]), "mask": row["path"].replace("images", "masks").replace(".jpg", ".png")}
    return rows


def read(row):
    """Picture and mask of a row, uint8 [rows, columns] each."""
    with Image.open(row["path"]) as picture, Image.open(row["mask"]) as mask:
        return np.asarray(picture.convert("L")), np.asarray(mask)


def window(picture, mask, side, rng):
    """One random variant of a window: float32 [side, side] in 0..1, and its mask."""
    h, w = mask.shape
    squash = np.diag([SIZE / w, SIZE / h, 1.0])
    ys, xs = np.nonzero(mask)
    if len(xs) and rng.random() < 0.8:
        centre = np.array([xs.mean() * SIZE / w, ys.mean() * SIZE / h]) + rng.normal(0, 14, 2)
    else:
        centre = rng.uniform(side * 0.4, SIZE - side * 0.4, 2)
    angle = np.deg2rad(rng.normal(0, 20) if rng.random() < 0.8 else rng.uniform(-180, 180))
    zoom = np.exp(rng.normal(0, 0.15)) * np.exp(rng.normal(0, 0.06, 2))
    shear = rng.normal(0, 0.05)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.array([[1, shear], [0, 1]]) @ np.diag(zoom)
    place = np.eye(3)
    place[:2, :2], place[:2, 2] = linear, side / 2 - linear @ centre
    matrix = (place @ squash)[:2]
    size = (side, side)
    out = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    truth = cv2.warpAffine(mask, matrix, size, flags=cv2.INTER_NEAREST)
    if rng.random() < 0.3:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.3, 1.3))
    if rng.random() < 0.15:  # a shadow or a bright coil over the picture
        ramp = np.linspace(-1, 1, side, dtype=np.float32)
        out = out * np.exp(rng.normal(0, 0.25) * ramp[None] + rng.normal(0, 0.25) * ramp[:, None])
    low, high = rng.uniform(-0.08, 0.08), rng.uniform(0.75, 1.15)
    out = np.clip((out - low) / (high - low), 0, 1) ** np.exp(rng.normal(0, 0.25))
    out = out + rng.normal(0, rng.uniform(0, 0.03), out.shape)
    return np.clip(out, 0, 1).astype(np.float32), truth


def loss_of(logits, truth):
    """Cross-entropy plus 1 - soft Dice over the batch (Milletari et al. 2016), parts weighing the same."""
    p = torch.softmax(logits, 1)
    one = F.one_hot(truth, logits.shape[1]).permute(0, 3, 1, 2).to(p.dtype)
    both, either = (p * one).sum((0, 2, 3)), (p + one).sum((0, 2, 3))
    dice = (2 * both[1:] + 1) / (either[1:] + 1)
    return F.cross_entropy(logits, truth) + 1 - dice.mean()


@torch.no_grad()
def outlined(net, rows, batch=8):
    """Predicted masks of the rows at their own size: background and parts by largest probability."""
    net.eval()
    out = []
    for i in range(0, len(rows), batch):
        some = [data.read_grey(r["path"]) for r in rows[i : i + batch]]
        x = torch.from_numpy(np.stack([data.squash(p, SIZE).clip(0, 1) for p in some]))[:, None]
        for p, picture in zip(torch.softmax(net(x), 1), some):
            h, w = picture.shape
            out.append(F.interpolate(p[None], (h, w), mode="bilinear", align_corners=False)[0].argmax(0).numpy().astype(np.uint8))
    return out


def dice_by_patient(rows, predicted):
    """{(patient, phase): [3]}: Dice of each part in three dimensions."""
    stacks = {}
    for row, mask in zip(rows, predicted):
        truth = read(row)[1]
        sums = stacks.setdefault((row["group"], row["phase"]), np.zeros((len(PARTS), 2)))
        for k in range(len(PARTS)):
            a, b = mask == k + 1, truth == k + 1
            sums[k] += 2 * (a & b).sum(), a.sum() + b.sum()
    return {key: sums[:, 0] / sums[:, 1] for key, sums in stacks.items()}


def dice(rows, predicted):
    """Mean of each part over patients and phases."""
    each = np.array(list(dice_by_patient(rows, predicted).values()))
    return dict(zip(PARTS, each.mean(0).round(4).tolist()))


def train(rows, val, epochs, name, side, frozen, rate, start=None):
    """Windows of `side` pixels; on from an earlier run where `start` names one."""
    folder = RUNS / name
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    pictures = [read(r) for r in rows]
    net = nets.load_pretrained(Segmenter(frozen), PRETRAINED).to(memory_format=torch.channels_last)
    if start:
        net.load_state_dict(torch.load(RUNS / start / "weights.pt"))
    shipped = copy.deepcopy(net)
    decoder = [p for n, p in net.named_parameters() if not n.startswith("features.")]
    groups = [{"params": net.features[frozen:].parameters(), "lr": rate / 3}, {"params": decoder, "lr": rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = len(rows) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [g["lr"] for g in groups], total_steps=steps * epochs, pct_start=0.1)
    log, started, step = [], time.process_time(), 0
    for epoch in range(epochs):
        net.train()
        net.features[:frozen].eval()
        order = rng.permutation(len(rows))
        for at in range(0, steps * BATCH, BATCH):
            x, truth = zip(*(window(*pictures[i], side, rng) for i in order[at : at + BATCH]))
            x = torch.from_numpy(np.stack(x))[:, None].contiguous(memory_format=torch.channels_last)
            loss = loss_of(net(x), torch.from_numpy(np.stack(truth)).long())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(AVERAGE, step / (step + 10))
            with torch.no_grad():
                for old, new in zip(shipped.state_dict().values(), net.state_dict().values()):
                    old.copy_(torch.lerp(new, old, keep) if old.is_floating_point() else new)
        entry = {"epoch": epoch + 1, "loss": round(loss.item(), 4), "cpu_s": round(time.process_time() - started)}
        if val and (epoch % 5 == 4 or epoch + 1 == epochs):
            entry |= dice(val, outlined(shipped, val))
            torch.save(shipped.state_dict(), folder / "weights.pt")
        print(json.dumps(entry), flush=True)
        log.append(entry)
    log[-1] |= {"run": name, "window": side, "frozen": frozen, "rate": rate, "start": start}
    torch.save(shipped.state_dict(), folder / "weights.pt")
    (folder / "log.json").write_text(json.dumps(log, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="cardiac-mri")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--fold", type=int, help="leave this fifth of all patients out instead of the splits")
    parser.add_argument("--window", type=int, default=128, help="pixels of a side of what training sees")
    parser.add_argument("--frozen", type=int, default=4, help="layers before this one keep their ImageNet weights")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--start", help="an earlier run to go on from")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    rows = slices()
    fit, val = [r for r in rows if r["split"] == "train"], [r for r in rows if r["split"] == "val"]
    if args.fold is not None:
        left_out = fold(rows, args.fold)
        fit, val = [r for r in rows if r["group"] not in left_out], []
    train(fit, val, args.epochs, args.run, args.window, args.frozen, args.rate, args.start)


def fold(rows, number, folds=5):
    """The patients of one fold: every fifth of each diagnosis."""
    patients = {}
    for row in rows:
        patients.setdefault(row["label"], set()).add(row["group"])
    return {p for group in patients.values() for p in sorted(group)[number::folds]}


if __name__ == "__main__":
    main()
