"""The same work in Keras, for `crates/reading/examples/bench.rs` to be held against: `python peer_bench.py`.

MobileNetV2 with random weights and our head; for each file, warm: decode, window, resize with OpenCV,
`predict` of one picture, then the Grad-CAM map of one class by GradientTape, resized and laid over the
picture. The files are made as in bench.rs: the Kermany film of the pack at 1024² as PNG and at 2048² as a
16-bit DICOM file. Prints JSON lines.

TensorFlow lives in a venv of its own, `~/.cache/medibridge/peer` (`pip install tensorflow-cpu
opencv-python-headless pydicom`), which is used where this interpreter has none.
"""

import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path

PEER = Path.home() / ".cache" / "medibridge" / "peer" / "bin" / "python"
if importlib.util.find_spec("tensorflow") is None:
    if not PEER.is_file() or Path(sys.executable) == PEER:
        sys.exit("the Python peer did not run: no tensorflow (see the head of this file)")
    os.execv(PEER, [str(PEER), *sys.argv])
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import numpy as np
import pydicom
import tensorflow as tf
from pydicom.dataset import FileDataset, FileMetaDataset

ROUNDS, SIZE = 30, 224


def make_files(folder):
    """`film.png`, 1024², 8 bit; `film.dcm`, 2048², 16 bit allocated, uncompressed."""
    golden = Path(__file__).resolve().parents[1] / "cxr-open" / "golden" / "film.png"
    film = cv2.imread(str(golden), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(str(folder / "film.png"), cv2.resize(film, (1024, 1024)))
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.1.1", "2.25.1"
    meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    d = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    d.SOPClassUID, d.SOPInstanceUID, d.Modality = meta.MediaStorageSOPClassUID, "2.25.1", "DX"
    d.PhotometricInterpretation, d.SamplesPerPixel, d.Rows, d.Columns = "MONOCHROME2", 1, 2048, 2048
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 0
    d.PixelData = (cv2.resize(film, (2048, 2048)).astype(np.uint16) * 16).tobytes()
    d.save_as(folder / "film.dcm", enforce_file_format=True)
    return [("1024² PNG", folder / "film.png"), ("2048² 16-bit DICOM", folder / "film.dcm")]


def network():
    """The usual layout: MobileNetV2 without top, mean, Dense 256, Dense 2."""
    base = tf.keras.applications.MobileNetV2(input_shape=(SIZE, SIZE, 3), include_top=False, weights=None)
    x = tf.keras.layers.GlobalAveragePooling2D()(base.output)
    out = tf.keras.layers.Dense(2)(tf.keras.layers.Dense(256, activation="relu")(x))
    model = tf.keras.Model(base.input, out)
    return model, tf.keras.Model(base.input, [base.output, out])


def decode(path):
    if path.suffix == ".png":
        return cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    pixels = pydicom.dcmread(path).pixel_array.astype(np.float32)
    low, high = np.percentile(pixels, [1, 99])
    return (np.clip((pixels - low) / max(high - low, 1), 0, 1) * 255).astype(np.uint8)


def once(path, model, with_grid):
    t = [time.perf_counter()]
    grey = decode(path)
    t.append(time.perf_counter())
    x = cv2.cvtColor(cv2.resize(grey, (SIZE, SIZE), interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2RGB)
    x = x[None].astype(np.float32) / 127.5 - 1
    logits = model.predict(x, verbose=0)
    index = int(logits[0].argmax())
    with tf.GradientTape() as tape:
        grid, out = with_grid(x)
        score = out[:, index]
    weights = tf.reduce_mean(tape.gradient(score, grid), axis=(1, 2))
    cam = tf.nn.relu(tf.reduce_sum(grid * weights[:, None, None, :], -1))[0].numpy()
    cam = cv2.resize(cam / max(float(cam.max()), 1e-8), (grey.shape[1], grey.shape[0]))
    heat = cv2.applyColorMap((cam * 255).astype(np.uint8), cv2.COLORMAP_JET)
    cv2.addWeighted(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), 0.6, heat, 0.4, 0)
    t.append(time.perf_counter())
    return t


def main():
    model, with_grid = network()
    with tempfile.TemporaryDirectory() as folder:
        for name, path in make_files(Path(folder)):
            spans = []
            for i in range(ROUNDS + 3):
                t = once(path, model, with_grid)
                if i >= 3:
                    spans.append([(t[1] - t[0]) * 1e3, (t[2] - t[1]) * 1e3, (t[2] - t[0]) * 1e3])
            best, p50, p99 = (np.percentile(np.array(spans), q, axis=0).round(2).tolist() for q in (0, 50, 99))
            ms = {k: {"best": a, "p50": b, "p99": c} for k, a, b, c in zip(("decode", "model", "total"), best, p50, p99)}
            print(json.dumps({"bench": "peer", "file": name, "rounds": ROUNDS, "tensorflow": tf.__version__, "ms": ms}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
