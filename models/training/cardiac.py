"""What is derived from outlined slices: volumes, ejection fractions, ratios, and the patient's class.

The same rules as `crates/reading/src/measure`: volumes by Simpson's rule (Schulz-Menger et al. 2020), the
myocardium's thickness as the difference of the radii of circles of the same areas. No ratio depends on the size of
a pixel or on the distance of slices, because the pictures have lost both.
"""

import numpy as np

import segment

RATIOS = [
    "lv_ejection_fraction", "rv_ejection_fraction", "rv_to_lv", "rv_to_lv_end_systole", "wall_to_lv", "wall_to_lv_end_systole",
    "thickest_wall", "thickest_wall_end_systole", "thickening_spread", "least_thickening",
]


def counted(rows):
    """Area of each part in pixels, on the reference masks of the rows."""
    return [np.bincount(segment.read(row)[1].ravel(), minlength=4)[1:4] for row in rows]


def stacks(rows, areas):
    """{patient: {phase: [slices, 3]}}: areas of right ventricle, myocardium and left ventricle, slices as numbered."""
    found = {}
    for row, area in zip(rows, areas):
        found.setdefault(row["group"], {}).setdefault(row["phase"], {})[row["slice"]] = np.asarray(area, float)
    return {p: {phase: np.array([s[k] for k in sorted(s)]) for phase, s in phases.items()} for p, phases in found.items()}


def thickness(stack):
    """Mean thickness of the wall of each slice, nan where there is no ring."""
    muscle, cavity = stack[:, 1], stack[:, 2]
    ring = (muscle > 0) & (cavity > 0)
    return np.where(ring, np.sqrt((muscle + cavity) / np.pi) - np.sqrt(cavity / np.pi), np.nan)


def ratios(phases):
    """The ratios of one patient, in the order of RATIOS, of areas at two phases; the larger left ventricle is end-diastole."""
    ed, es = sorted((phases["ED"], phases["ES"]), key=lambda s: -s[:, 2].sum())
    rv, wall, lv = ed.sum(0)
    rv_es, wall_es, lv_es = es.sum(0)
    thick, thick_es = thickness(ed), thickness(es)
    both = ~np.isnan(thick) & ~np.isnan(thick_es)
    size = np.sqrt((ed[:, 1] + ed[:, 2])[~np.isnan(thick)].mean())
    more = thick_es[both] / thick[both]
    return np.array([
        (lv - lv_es) / lv, (rv - rv_es) / rv, rv / lv, rv_es / lv_es, wall / lv, wall_es / lv_es,
        np.nanmax(thick) / size, np.nanmax(thick_es) / size, more.std(), more.min(),
    ])
