"""What each classifier pack is: labels, rows, sampling and schedule. Prose and figures go into the card."""

from dataclasses import dataclass, field
from typing import Callable

import data


@dataclass
class Pack:
    id: str
    labels: list[str]
    rows: Callable[[], list[dict]]
    # Share of each (source, finding) in a batch, so that neither class nor source is told by frequency.
    shares: dict[tuple[str, str], float]
    size: int = 224
    frozen: int = 7  # layers 0..frozen keep their ImageNet weights
    epochs: int = 14
    batch: int = 32
    rate: float = 6e-4
    smoothing: float = 0.05
    decay: float = 2e-2
    average: float = 0.995  # of the running mean of weights that is shipped
    seed: int = 20261121
    abnormal: list[str] = field(default_factory=list)


PACKS = {
    "cxr-open": Pack(
        id="cxr-open",
        labels=["Normal", "Abnormal"],
        abnormal=["Abnormal"],
        rows=data.chest_open,
        shares={
            ("kermany", "Pneumonia"): 0.30,
            ("nih", "Lung Opacity"): 0.20,
            ("kermany", "Normal"): 0.20,
            ("nih", "Normal"): 0.17,
            ("radiography", "Normal"): 0.13,
        },
    ),
}
