"""Holds the program against the training code: `cargo run -p reading --example probabilities -- FILE… | python compare.py PACK`.

Prints the largest difference of any probability, and fails above 1e-3. Files that the program did not
assess are counted, not compared.
"""

import json
import sys

import numpy as np

import data
from evaluate import MODELS, Pack
from measures import softmax


def main():
    pack = Pack.open(MODELS / sys.argv[1])
    worst, compared, refused = 0.0, 0, 0
    for line in sys.stdin:
        row = json.loads(line)
        if "probabilities" not in row:
            refused += 1
            continue
        x = data.squash(data.read_grey(row["file"]), pack.size).clip(0, 1)
        expected = softmax(pack.run(x[None])["logits"] / pack.temperature)[0]
        worst, compared = max(worst, float(np.abs(expected - row["probabilities"]).max())), compared + 1
    print(json.dumps({"pack": sys.argv[1], "compared": compared, "not_assessed": refused, "largest_difference": worst}))
    sys.exit(0 if compared and worst < 1e-3 else 1)


if __name__ == "__main__":
    main()
