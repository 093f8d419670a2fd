"""Writes `card.toml` and the figures of `MODEL_CARD.md`."""

import json

LICENCES = {
    "kermany": "CC BY 4.0 (Kermany et al. 2018)",
    "nih": "NIH ChestX-ray14, no restriction, credit NIH Clinical Center, cite Wang et al. 2017; Lung Opacity labels RSNA 2018",
    "radiography": "RSNA 2018 / NIH ChestX-ray14 images, via the COVID-19 Radiography Database (Normal only)",
    "cxnet": "repository says CC BY 4.0; pictures from papers, Radiopaedia, SIRM, Twitter: rights unclear, research only",
    "ieee8023": "per picture: CC BY-NC-SA, CC BY-NC-ND, CC BY or none stated: non-commercial",
    "sars-cov-2-ct": "CC BY-NC-SA 4.0 (Soares et al. 2020): non-commercial, share-alike",
    "covid-ct": "figures from papers, MedPix, LUNA, Radiopaedia: mixed, research only",
    "acdc": "CC BY-NC-SA 4.0 (ACDC, Bernard et al. 2018): non-commercial, share-alike",
    "dicom": "NEMA, pydicom, MIT and MS-PL sample files",
    "shelf": "pictures of Debian packages: opencv-doc (Apache-2.0), mate-backgrounds (GPL, CC BY-SA), sections of a head of invesalius-examples (GPL-2) and mricron-data (BSD)",
    "generated": "drawn by negatives.py, MIT",
}


def _value(value):
    """A TOML value; JSON's strings, numbers and lists are TOML's too."""
    if isinstance(value, float):
        return repr(round(float(value), 6))
    return json.dumps(value, ensure_ascii=False)


def toml(tables):
    """Tables in order: {"": top, "model": {...}, "labels": [{...}, ...]}; None is left out."""
    lines = []
    for name, table in tables.items():
        for entry in table if isinstance(table, list) and table and isinstance(table[0], dict) else [table]:
            if name:
                lines += ["", f"[[{name}]]" if isinstance(table, list) else f"[{name}]"]
            lines += [f"{k} = {_value(v)}" for k, v in entry.items() if v is not None]
    return "\n".join(lines).lstrip("\n") + "\n"


def licence(name, parts):
    """Licence of a source's pictures; the Radiography Database's COVID-19 films stand under another than its normals."""
    covid = name == "radiography" and any(r["label"] == "COVID-19" for rows in parts.values() for r in rows if r["source"] == name)
    return LICENCES[name] + ("; COVID-19 films (c) original authors: research only" if covid else "")


def sources(parts):
    """Pictures by source and split."""
    names = sorted({r["source"] for rows in parts.values() for r in rows})
    count = lambda split, name: sum(r["source"] == name for r in parts.get(split, []))
    return [
        {"name": n, "licence": licence(n, parts), "train": count("train", n), "val": count("val", n), "test": count("test", n)}
        for n in names
    ]


def write(folder, spec, facts):
    """`card.toml`: see crates/reading/src/card.rs for what each field means."""
    thresholds = facts.get("thresholds", {})
    abnormal = spec.abnormal
    labels = [
        {"id": label, "name": spec.names.get(label, label), "abnormal": label in abnormal,
         "urgency": spec.urgency.get(label, 0.0), "thresholds": thresholds.get(label, spec.fixed.get(label))}
        for label in spec.labels
    ]
    outlier = {"method": spec.outlier_method, "threshold": facts["outlier"], "refused": facts["refused"]} if "outlier" in facts else None
    top = {
        "schema": 1, "id": spec.id, "version": spec.version, "name": spec.title, "role": spec.role, "reads": spec.reads,
        "default": spec.default, "research_only": spec.research_only, "intended_use": spec.intended_use,
        "not_for": spec.not_for, "licence": spec.licence, "failures": spec.failures,
    }
    tables = {
        "": top,
        "model": {"file": "model.onnx", "sha256": facts["sha256"], "size": spec.size, "grid": facts["grid"]},
        "labels": labels,
        "calibration": {"temperature": facts["temperature"], "date": facts["date"], "for_model": facts["sha256"], "ece_before": facts["ece_before"], "ece_after": facts["ece_after"]},
        "outlier": outlier or {},
        "measure": facts.get("measure", {}),
        "golden": {"input": "golden/input.u8", "output": "golden/output.json", "tolerance": 0.001},
        "sources": facts["sources"] if "sources" in facts else sources(facts["parts"]),
        "metrics": facts["metrics"],
        "training": {"command": spec.command, "seed": spec.seed, "date": facts["date"], "versions": facts["versions"], "cpu_seconds": facts["cpu_seconds"]},
    }
    tables = {name: table for name, table in tables.items() if table}
    (folder / "card.toml").write_text("# Written by models/training; every figure is measured, none is edited by hand.\n" + toml(tables))
    page = folder / "MODEL_CARD.md"
    if page.exists():
        text = page.read_text()
        start, end = text.index("<!-- figures -->"), text.index("<!-- end -->")
        page.write_text(text[:start] + "<!-- figures -->\n" + markdown(facts["metrics"]) + tables_of(spec, facts) + text[end:])


def markdown(metrics):
    """The figures as a table."""
    lines = ["| figure | on | n | value | 95 % interval |", "|---|---|---|---|---|"]
    for m in metrics:
        span = f"{m['low']:.3f}–{m['high']:.3f}" if m["low"] is not None else "–"
        lines.append(f"| {m['name']} | {m['set']} | {m['n']} | {m['value']:.3f} | {span} |")
    return "\n".join(lines) + "\n"


def tables_of(spec, facts):
    """Confusion and risk-coverage, where the pack is a classifier."""
    if "confusion" not in facts:
        return ""
    lines = ["", "Confusion on the test split (rows: true; columns: most probable):", ""]
    lines += ["| | " + " | ".join(spec.labels) + " |", "|---" * (len(spec.labels) + 1) + "|"]
    lines += [f"| {label} | " + " | ".join(str(n) for n in row) + " |" for label, row in zip(spec.labels, facts["confusion"])]
    lines += ["", "Error among the surest share of the test films:", ""]
    some = [pair for pair in facts["risk_coverage"] if round(pair[0] * 100) in (10, 30, 50, 70, 80, 90, 95, 100)]
    lines += ["| answered | " + " | ".join(f"{share:.0%}" for share, _ in some) + " |", "|---" * (len(some) + 1) + "|"]
    lines += ["| error | " + " | ".join(f"{error:.1%}" for _, error in some) + " |"]
    return "\n".join(lines) + "\n"
