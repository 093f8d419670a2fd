"""Writes decode.json: what pydicom decodes from every file of ../shared/data/dicom.

Lossless syntaxes: SHA-256 of each frame's stored values (little-endian, samples interleaved, no colour
conversion). Lossy ones: values at 4,096 positions of each frame (position k is k * 2654435761 mod pixels),
in RGB for colour, as zlib-compressed little-endian 32-bit numbers in base64, and the frame's mean.
Grey files with a VOI of their own: brightness (0-255) of the first frame at 256 positions of that kind, by pydicom's
modality LUT and VOI (a LUT before a window), inverted for MONOCHROME1.

Run with: python make.py ../../../../../shared/data/dicom/files > decode.json
Needs pip's pydicom 3, numpy, pylibjpeg with its three plugins, python-gdcm.
"""

import base64, hashlib, json, pathlib, sys, warnings, zlib
import numpy, pydicom
from pydicom.pixels import apply_modality_lut, apply_voi_lut, get_decoder

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
    shown = brightness(data, frames[0])
    out = {
        "rows": frames.shape[1],
        "columns": frames.shape[2],
        "samples": samples,
        "bits": frames.dtype.itemsize * 8,
        "signed": frames.dtype.kind == "i",
    }
    if shown:
        out["shown"] = shown
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


def brightness(data, frame):
    """What pydicom shows, or None where the file has no VOI of its own."""
    lut = "VOILUTSequence" in data and data.VOILUTSequence
    width = data.get("WindowWidth")
    width = width[0] if isinstance(width, pydicom.multival.MultiValue) else width
    slope = float(data.get("RescaleSlope", 1) or 0)
    if data.SamplesPerPixel != 1 or data.PhotometricInterpretation.startswith("PALETTE") or slope == 0:
        return None
    if not lut and not (width and float(width) >= 1):
        return None
    shown = apply_voi_lut(apply_modality_lut(frame, data), data).astype("f8")
    bits = data.BitsStored
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if data.PixelRepresentation else (0, 2**bits - 1)
    if lut:
        low, high = 0, 2 ** data.VOILUTSequence[0].LUTDescriptor[2] - 1
    elif "ModalityLUTSequence" in data:
        low, high = 0, 2 ** data.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    else:
        low, high = (x * slope + float(data.get("RescaleIntercept", 0)) for x in (low, high))
    y = numpy.clip((shown - low) / (high - low), 0, 1).ravel()
    y = 1 - y if data.PhotometricInterpretation == "MONOCHROME1" else y
    positions = [(k * 2654435761) % y.size for k in range(256)]
    return base64.b64encode(numpy.round(y[positions] * 255).astype("u1").tobytes()).decode()


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
