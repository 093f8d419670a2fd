"""What each pack is: labels, rows, sampling, schedule and the card's prose."""

from dataclasses import dataclass, field
from typing import Callable

import data


@dataclass
class Pack:
    id: str
    title: str
    labels: list[str]
    intended_use: str
    not_for: str
    licence: str
    command: str
    failures: list[str]
    version: str = "0.1.0"
    role: str = "classifier"
    reads: str = "chest_film"
    default: bool = True
    research_only: bool = False
    names: dict[str, str] = field(default_factory=dict)
    abnormal: list[str] = field(default_factory=list)
    urgency: dict[str, float] = field(default_factory=dict)
    # Operating points that are not measured per abnormal class.
    fixed: dict[str, list[float]] = field(default_factory=dict)
    outlier_method: str = "Mahalanobis distance of the mean activations in 64 principal components, plus the rest"
    rows: Callable[[], list[dict]] = list
    # Share of each (source, finding) in a batch, so that neither class nor source is told by frequency.
    shares: dict[tuple[str, str], float] = field(default_factory=dict)
    size: int = 224
    frozen: int = 7  # layers before this one keep their ImageNet weights
    epochs: int = 14
    batch: int = 32
    rate: float = 6e-4
    smoothing: float = 0.05
    decay: float = 2e-2
    average: float = 0.995  # of the running mean of weights that is shipped
    seed: int = 20261121


PACKS = {
    "cxr-open": Pack(
        id="cxr-open",
        title="Chest film: normal or abnormal",
        labels=["Normal", "Abnormal"],
        abnormal=["Abnormal"],
        urgency={"Abnormal": 1.0},
        intended_use="Sorts frontal chest films by the probability of pneumonia or lung opacity, as a second look for a clinician who reads every film.",
        not_for="Diagnosis without review by a clinician, ruling disease out, lateral films, CT, findings other than airspace disease (fracture, pneumothorax, nodule, effusion, device position).",
        licence="MIT, trained on freely licensed data only; credit Kermany et al. 2018 (CC BY 4.0), NIH Clinical Center (Wang et al. 2017), RSNA 2018",
        command="python train.py cxr-open && python export.py cxr-open",
        failures=[
            "Adults: only 74 films of abnormal adults were there to learn from; on NIH films it is far weaker than on children's films (see the figures per source).",
            "Another hospital: with NIH left out of training the AUROC on NIH's adults is about 0.66; what is learnt from children does not carry over to adults.",
            "A source seen only as normal is called normal: of the 149 COVID-19 films of the Radiography Database (whose normals were trained on) 17 % are called abnormal.",
            "Nearly all abnormal films are children of 1-5 years from one hospital (Kermany); pooled figures flatter the model.",
            "Only pneumonia and lung opacity were labelled abnormal: other disease may be called normal.",
            "Bedside films with tubes and wires are rare in the training data.",
        ],
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

GATE = Pack(
    id="gate",
    title="Gate: is it a chest film?",
    role="gate",
    reads="other",
    labels=["chest_film", "chest_film_inverted", "other"],
    names={"chest_film": "Chest film", "chest_film_inverted": "Chest film, inverted", "other": "Something else"},
    # The larger one is the certainty below which a film is not admitted.
    fixed={"chest_film": [0.5, 0.8]},
    size=128,
    intended_use="Keeps pictures that are no upright frontal chest film from the chest packs.",
    not_for="Telling which scan it is when it is no chest film, or judging the quality of a film.",
    licence="MIT, trained on freely licensed data only; credit Kermany et al. 2018 (CC BY 4.0), NIH Clinical Center (Wang et al. 2017)",
    command="python gate.py && python export_gate.py",
    failures=[
        "Lung CT and cardiac MR are recognised only as no chest film; the file's header tells them apart.",
        "Lateral chest films were not in the data; whether they are refused is not known.",
        "Films lying on their side are refused as something else.",
    ],
)
