"""Writes decode.json: what pydicom decodes from every file of ../shared/data/dicom.

Lossless syntaxes: SHA-256 of each frame's stored values (little-endian, samples interleaved, no colour
conversion). Lossy ones: values at 4,096 positions of each frame (position k is k * 2654435761 mod pixels),
in RGB for colour, as zlib-compressed little-endian 32-bit numbers in base64, and the frame's mean.

Run with: python make.py ../../../../../shared/data/dicom/files > decode.json
Needs pip's pydicom 3, numpy, pylibjpeg with its three plugins, python-gdcm.
"""

import base64, hashlib, json, pathlib, sys, warnings, zlib
import numpy, pydicom
from pydicom.pixels import get_decoder

LOSSY = {"1.2.840.10008.1.2.4." + last for last in ("50", "51", "91", "203")}
SAMPLES = 4096


def frames_of(array, frames, samples):
    return array if array.ndim == (4 if samples > 1 else 3) else array[None]


def entry(path):
    data = pydicom.dcmread(path, force=True)
    uid = data.file_meta.TransferSyntaxUID
    lossy = uid in LOSSY
    samples = data.get("SamplesPerPixel", 1)
    array, meta = get_decoder(uid).as_array(data, raw=not (lossy and samples > 1))
    frames = frames_of(array, data.get("NumberOfFrames", 1), samples)
    kind = frames.dtype.newbyteorder("<")
    out = {
        "rows": frames.shape[1],
        "columns": frames.shape[2],
        "samples": samples,
        "bits": frames.dtype.itemsize * 8,
        "signed": frames.dtype.kind == "i",
    }
    if not lossy:
        out["sha256"] = [hashlib.sha256(f.astype(kind).tobytes()).hexdigest() for f in frames]
        return out
    pixels = frames.shape[1] * frames.shape[2]
    positions = [(k * 2654435761) % pixels for k in range(SAMPLES)]
    out["means"] = [round(float(f.mean()), 3) for f in frames]
    out["values"] = [
        base64.b64encode(
            zlib.compress(f.reshape(pixels, -1)[positions].astype("<i4").tobytes(), 9)
        ).decode()
        for f in frames
    ]
    return out


def main(folder):
    warnings.filterwarnings("ignore")
    decoded, refused = {}, []
    for path in sorted(pathlib.Path(folder).iterdir()):
        try:
            decoded[path.name] = entry(path)
        except Exception:  # whatever pydicom and its plugins raise, the file is refused
            refused.append(path.name)
    json.dump({"decoded": decoded, "refused": refused}, sys.stdout, indent=1)
    print()


main(sys.argv[1])
