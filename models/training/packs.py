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
    # Groups that are known to be hard, measured apart.
    groups: dict[str, Callable[[dict], bool]] = field(default_factory=dict)
    # (source, label) whose films are known to be mistaken for a class: its upper point is set above three quarters of them.
    guards: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    refit: int = 0  # steps in which the head is fitted anew on films as they are, see export.refitted
    balance: float = 0.0  # how far classes weigh the same there: 0 as often as they are, 1 all alike
    size: int = 224
    frozen: int = 7  # layers before this one keep their ImageNet weights
    epochs: int = 14
    batch: int = 32
    rate: float = 6e-4
    smoothing: float = 0.05
    decay: float = 2e-2
    jitter: float = 1.0  # how often films are spoilt in training, see data.jitter
    tone: float = 1.0  # how far contrast and brightness move
    mixup: float = 0.0  # both parameters of the beta distribution
    adversary: float = 0.0  # strength of the reversed gradient of telling the source within a class
    taught: float = 0.7  # share of the teachers' answer, where there are teachers
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
    "cxr": Pack(
        id="cxr",
        title="Chest film: normal, pneumonia, COVID-19, lung opacity",
        labels=["Normal", "Pneumonia", "COVID-19", "Lung Opacity"],
        abnormal=["Pneumonia", "COVID-19", "Lung Opacity"],
        urgency={"Pneumonia": 1.0, "COVID-19": 1.0, "Lung Opacity": 0.8},
        intended_use="Research: the probability of pneumonia, COVID-19 and lung opacity on frontal chest films, as a second look for a clinician who reads every film.",
        not_for="Diagnosis without review by a clinician, ruling disease out, telling COVID-19 from other pneumonia in adults, lateral films, CT, other findings (fracture, pneumothorax, nodule, effusion, device position).",
        licence="Research only, not for commercial use: trained on films whose rights are unclear or non-commercial (cxnet, ieee8023, COVID-19 Radiography Database), besides Kermany et al. 2018 (CC BY 4.0) and NIH / RSNA",
        command="python train.py cxr --run cxr-a size=160 frozen=0 jitter=0.4 epochs=11 rate=0.001"
        " && python train.py cxr --run cxr-b --start cxr-a frozen=0 jitter=0.15 tone=0.5 epochs=8 rate=0.0008"
        " && python export.py cxr --run cxr-b",
        failures=[
            "COVID-19 against other pneumonia in adults: the data cannot tell them apart; only 25 adult pneumonias were there to learn from.",
            "Class and source nearly coincide: 97 % of the pneumonias are children of 1-5 years from one hospital, and no COVID-19 film is.",
            "Lung Opacity: only 74 films were there to learn from.",
            "Another hospital: sources left out of training were not measured for this version; expect far less than the pooled figures.",
            "Bedside films with tubes and wires are mostly COVID-19 films here; a sick patient's film may be called COVID-19 for its wires.",
        ],
        groups={
            "adults": lambda r: r["source"] != "kermany",
            "adult pneumonia (ieee8023)": lambda r: (r["source"], r["label"]) == ("ieee8023", "Pneumonia"),
            "said to be AP (bedside)": lambda r: r["notes"].startswith("view AP"),
        },
        guards={"COVID-19": [("ieee8023", "Pneumonia")]},
        default=False,
        research_only=True,
        rows=data.chest,
        refit=40,
        balance=0.5,
        shares={
            ("kermany", "Pneumonia"): 0.22,
            ("ieee8023", "Pneumonia"): 0.04,
            ("kermany", "Normal"): 0.12,
            ("nih", "Normal"): 0.09,
            ("radiography", "Normal"): 0.14,
            ("nih", "Lung Opacity"): 0.06,
            ("cxnet", "COVID-19"): 0.08,
            ("ieee8023", "COVID-19"): 0.08,
            ("radiography", "COVID-19"): 0.17,
        },
    ),
    "lung-ct": Pack(
        id="lung-ct",
        title="Lung CT slice: COVID-19 or other",
        labels=["non-COVID", "COVID-19"],
        abnormal=["COVID-19"],
        urgency={"COVID-19": 1.0},
        reads="lung_ct",
        intended_use="A demonstration: the probability that a lung CT slice shows COVID-19, on slices like those of its two sources.",
        not_for="Diagnosis, triage, whole volumes, another hospital's scanner; ruling disease out.",
        licence="Research only, not for commercial use: sars-cov-2-ct (CC BY-NC-SA 4.0) and figures from papers (covid-ct)",
        command="python train.py lung-ct --run lung-ct-a size=192 frozen=3 jitter=0.7 epochs=7"
        " && python train.py lung-ct --run lung-ct-b --start lung-ct-a frozen=0 jitter=0.5 epochs=12"
        " && python train.py lung-ct --run lung-ct-c --start lung-ct-b frozen=0 jitter=0.3 tone=0.7 mixup=0.3 epochs=9 decay=0.05"
        " && python export.py lung-ct --run lung-ct-c",
        failures=[
            "It does not transfer: trained on one of its sources it is near chance on the other (see the figures).",
            "COVID-19 slices of covid-ct are figures of papers, chosen because they show disease.",
            "Groups stand in for patients where ids are missing; figures are optimistic.",
        ],
        default=True,
        research_only=True,
        rows=data.lung_ct,
        refit=60,
        shares={
            ("sars-cov-2-ct", "COVID-19"): 0.28,
            ("sars-cov-2-ct", "non-COVID"): 0.28,
            ("covid-ct", "COVID-19"): 0.22,
            ("covid-ct", "non-COVID"): 0.22,
        },
    ),
}

GATES = {
    "gate": Pack(
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
        command="python gate.py gate && python export_gate.py gate",
        rows=data.chest_open,
        failures=[
            "Lung CT and cardiac MR are recognised only as no chest film; the file's header tells them apart.",
            "Lateral chest films were not in the data; whether they are refused is not known.",
            "Films lying on their side are refused as something else.",
        ],
    ),
    "gate-research": Pack(
        id="gate-research",
        title="Gate: chest film, lung CT, cardiac MR?",
        role="gate",
        reads="other",
        labels=["chest_film", "chest_film_inverted", "lung_ct", "cardiac_mr", "other"],
        names={"chest_film": "Chest film", "chest_film_inverted": "Chest film, inverted", "lung_ct": "Lung CT slice", "cardiac_mr": "Cardiac MR slice", "other": "Something else"},
        size=128,
        research_only=True,
        rows=data.chest,
        intended_use="Keeps pictures that are no frontal chest film, axial lung CT slice or short-axis cardiac MR slice from the packs that read those. Asked only where a research pack is switched on.",
        not_for="Judging the quality of a scan, or which part of the lung or heart it shows.",
        licence="Research only, not for commercial use: trained on sars-cov-2-ct and ACDC (CC BY-NC-SA 4.0) and on figures from papers",
        command="python gate.py gate-research && python export_gate.py gate-research",
        failures=[
            "CT and MR of other parts: one head each and a few sample files were there to learn from, and a few to test on (see the figures); a crop of a chest CT around the spine is taken for a lung CT slice.",
            "CT slices are pictures in a lung window, often cropped, from two sources; other windows may be refused.",
            "Lateral chest films were not in the data; whether they are refused is not known.",
        ],
    ),
}

CARDIAC = Pack(
    id="cardiac-mri",
    title="Cardiac MR: outlines, ejection fraction, patient's class",
    role="measure",
    reads="cardiac_mr",
    labels=["NOR", "DCM", "HCM", "MINF", "RV"],
    names={"NOR": "Normal", "DCM": "Dilated cardiomyopathy", "HCM": "Hypertrophic cardiomyopathy", "MINF": "Infarction", "RV": "Abnormal right ventricle"},
    abnormal=["DCM", "HCM", "MINF", "RV"],
    urgency={"DCM": 0.7, "HCM": 0.7, "MINF": 0.8, "RV": 0.7},
    size=224,
    research_only=True,
    seed=20261122,
    intended_use="Outlines right ventricle, myocardium and left ventricle on short-axis cine slices and derives volumes, ejection fractions and ratios for a clinician who checks every outline.",
    not_for="Diagnosis without review by a clinician, long-axis or late-enhancement pictures, other sequences, children, congenital hearts, devices.",
    licence="CC BY-NC-SA 4.0, as the data (ACDC, Bernard et al. 2018): research only, not for commercial use, share alike",
    command="python segment.py --epochs 26 && python export_cardiac.py",
    failures=[
        "One hospital, two scanners, 80 patients: at another hospital expect worse outlines than the figures say.",
        "Slices above the valves and below the apex, where outlines are a matter of convention, are the most often wrong.",
        "The class comes from five groups of twenty patients who were chosen because they fit one of them; a patient who fits none is put into one all the same.",
    ],
)
