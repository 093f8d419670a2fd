"""Would an int8 graph be worth shipping? `python quantise.py PACK` makes one (static, by channel, calibrated on 200
training pictures; Grad-CAM's part and the head stay float), and measures accuracy and time of both. Prints a JSON
line; writes nothing into the pack. It is worth shipping where it loses at most half a point and is faster here."""

import json
import os
import sys
import tempfile
import time

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is imported

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

import data
from evaluate import MODELS, Pack, answers_of
from packs import PACKS


class Pictures(CalibrationDataReader):
    def __init__(self, pictures):
        self.rest = iter(pictures.astype(np.float32) / 255)

    def get_next(self):
        picture = next(self.rest, None)
        return None if picture is None else {"input": picture[None, None]}


def median_ms(pack, rounds=100):
    x = np.random.default_rng(0).random((1, pack.size, pack.size), dtype=np.float32)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        pack.run(x)
        times.append((time.perf_counter() - started) * 1e3)
    return round(float(np.median(times)), 2)


def main():
    spec = PACKS[sys.argv[1]]
    rows = spec.rows()
    fit = [r for r in rows if r["split"] == "train"]
    fit = [fit[i] for i in np.linspace(0, len(fit) - 1, 200).astype(int)]
    val = [r for r in rows if r["split"] == "val"]
    plain = Pack.open(MODELS / spec.id)
    with tempfile.TemporaryDirectory() as folder:
        quant_pre_process(str(plain.path), f"{folder}/clean.onnx", skip_symbolic_shape=True)
        names = [node.name for node in onnx.load(f"{folder}/clean.onnx").graph.node if node.op_type == "Conv"]
        quantize_static(
            f"{folder}/clean.onnx", f"{folder}/int8.onnx", Pictures(data.load(fit, spec.size)), quant_format=QuantFormat.QDQ,
            per_channel=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, nodes_to_quantize=names,
        )
        small = Pack(f"{folder}/int8.onnx", plain.labels, plain.abnormal, plain.size, plain.temperature, plain.thresholds, plain.outlier)
        line = {"pack": spec.id, "set": "val", "n": len(val), "mb": round(os.path.getsize(f"{folder}/int8.onnx") / 1e6, 2)}
    for name, pack in (("float", plain), ("int8", small)):
        found = answers_of(pack, val)
        line |= {f"accuracy {name}": round(float((found.p.argmax(1) == found.truth).mean()), 4), f"ms {name}": median_ms(pack)}
    print(json.dumps(line))


if __name__ == "__main__":
    main()
