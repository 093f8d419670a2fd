"""The page of a report by WeasyPrint, sealed by pikepdf (AES-256, revision 6): what reports/examples/bench
is compared with. `weasyprint_report.py FOLDER` reads document.json and figure-N.png there and prints a line
of JSON. Interpreter and packages are loaded before the clock starts."""

import html
import io
import json
import pathlib
import sys
import time

import pikepdf
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

ROUNDS = 20
STYLE = """
@page { size: A4; margin: 18mm 16mm; @bottom-center { content: "Page " counter(page) " of " counter(pages) } }
body { font: 9.5pt "Noto Sans", sans-serif; color: #16202b } h1 { font-size: 15pt } h2 { font-size: 11pt }
.figures { display: flex; gap: 4mm } .figures img { width: 84mm } table { width: 100%; border-collapse: collapse }
td, th { border-bottom: 0.4pt solid #d3dae1; text-align: left; padding: 1mm }
"""


def page(document, folder):
    text = html.escape
    patient, exam = document["patient"], document["exam"]
    banner = " · ".join(filter(None, [patient["name"], patient["birth_date"], patient["number"], exam["title"]]))
    sections = "".join(f"<h2>{name.title()}</h2><p>{text(body)}</p>" for name, body in document["text"].items() if body)
    rows = "".join(
        f"<tr><td>{text(row['name'])}</td><td>{row['probability']:.2f}</td><td>{row['lower']}–{row['upper']}</td>"
        f"<td>{row['band'] or ''}</td></tr>"
        for row in document["ai"]["answer"]["classes"]
    )
    figures = "".join(
        f'<img src="{(folder / f"figure-{n}.png").as_uri()}">' for n in range(len(document["figures"]))
    )
    signed = "".join(f"<p>{text(s['by']['name'])}, {s['at']}</p>" for s in document["signatures"])
    return (
        f"<html><head><title>Report</title><style>{STYLE}</style></head><body><h1>{text(document['clinic']['name'])}</h1>"
        f"<p><b>{text(banner)}</b></p>{sections}<div class=figures>{figures}</div>"
        f"<table><tr><th>Class</th><th>Probability</th><th>Points</th><th>Band</th></tr>{rows}</table>{signed}</body></html>"
    )


def sealed(document, folder, fonts):
    pdf = HTML(string=page(document, folder)).write_pdf(font_config=fonts)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        encryption = pikepdf.Encryption(user="six words of a reader", owner="the clinic's own words", R=6)
        opened.save(out, encryption=encryption)
    return out.getvalue()


def main():
    folder = pathlib.Path(sys.argv[1])
    document = json.loads((folder / "document.json").read_text())
    start = time.perf_counter()
    fonts = FontConfiguration()
    size = len(sealed(document, folder, fonts))
    first = (time.perf_counter() - start) * 1000
    times = []
    for n in range(ROUNDS):
        document["text"]["impression"] = f"Round {n}: no consolidation, no effusion."
        start = time.perf_counter()
        sealed(document, folder, fonts)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    line = {
        "what": "the same page by WeasyPrint and pikepdf",
        "first_ms": first,
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int((len(times) - 1) * 0.95)],
        "bytes": size,
        "rounds": ROUNDS,
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
