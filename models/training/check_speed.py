"""What the maps cost: `python check_speed.py PACK`. One picture, one thread, the shipped graph against the same graph
with only its logits. Prints a JSON line with the medians of interleaved rounds."""

import json
import os
import sys
import tempfile
import time

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # before onnxruntime is imported

import numpy as np
import onnx
import onnxruntime

from evaluate import MODELS

ROUNDS = 200


def main():
    path = str(MODELS / sys.argv[1] / "model.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with tempfile.TemporaryDirectory() as folder:
        onnx.utils.extract_model(path, f"{folder}/logits.onnx", ["input"], ["logits"])
        sessions = [onnxruntime.InferenceSession(p, options) for p in (path, f"{folder}/logits.onnx")]
    size = sessions[0].get_inputs()[0].shape[-1]
    x = np.random.default_rng(0).random((1, 1, size, size), dtype=np.float32)
    times = [[], []]
    for _ in range(ROUNDS):
        for session, own in zip(sessions, times):
            started = time.perf_counter()
            session.run(None, {"input": x})
            own.append((time.perf_counter() - started) * 1e3)
    with_maps, without = (float(np.median(own)) for own in times)
    print(json.dumps({"pack": sys.argv[1], "ms_with_maps": round(with_maps, 2), "ms_without": round(without, 2), "ratio": round(with_maps / without, 3), "mb": round(os.path.getsize(path) / 1e6, 2)}))


if __name__ == "__main__":
    main()
