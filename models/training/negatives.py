"""Pictures that are no chest film, for the gate: generated ones, and crops and turns of chest films.

None of them is a scan of a person but the crops; so a gate trained on them may be published.
"""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

WORDS = "patient report date hospital result normal left right view name chest scan page total form dose lung".split()


def _clouds(rng, n, power):
    """Noise whose amplitude falls with frequency as f^-power: 0 is white, 1 is clouds, 2 is hills."""
    f = np.hypot(np.fft.fftfreq(n)[:, None], np.fft.fftfreq(n)[None])
    f[0, 0] = 1
    out = np.fft.ifft2(np.fft.fft2(rng.normal(size=(n, n))) / f**power).real
    return cv2.normalize(out, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)


def noise(rng, n):
    return _clouds(rng, n, rng.uniform(0, 2.5))


def blank(rng, n):
    """Plain grey, a ramp, a vignette."""
    y, x = np.mgrid[0:n, 0:n] / n
    a, b = rng.uniform(-1, 1, 2)
    out = rng.uniform(0, 255) + rng.choice([0, 60, 200]) * (a * x + b * y)
    if rng.random() < 0.3:
        out = 255 * np.exp(-((x - rng.random()) ** 2 + (y - rng.random()) ** 2) * rng.uniform(1, 12))
    return np.clip(out + rng.normal(0, rng.uniform(0, 4), (n, n)), 0, 255).astype(np.uint8)


def document(rng, n):
    """A page of text, a form, a table, a screenshot with panels; dark mode too."""
    page = Image.new("L", (n * 2, n * 2), int(rng.integers(225, 256)))
    draw = ImageDraw.Draw(page)
    if rng.random() < 0.5:  # panels of a window
        for _ in range(int(rng.integers(2, 9))):
            x, y, w, h = rng.integers(0, n * 2, 4) // [1, 1, 2, 2]
            draw.rectangle([x, y, x + w, y + h], fill=int(rng.integers(120, 256)), outline=int(rng.integers(0, 120)))
    y, size = int(rng.integers(2, 30)), int(rng.integers(7, 26))
    font = ImageFont.load_default(size)
    while y < n * 2:
        if rng.random() < 0.1:
            draw.line([8, y, n * 2 - 8, y], fill=60, width=int(rng.integers(1, 4)))
        line = " ".join(rng.choice(WORDS, int(rng.integers(1, 14))))
        draw.text((int(rng.integers(4, 40)), y), line, fill=int(rng.integers(0, 120)), font=font)
        y += int(size * rng.uniform(1.1, 2.6))
    out = np.asarray(page.resize((n, n), Image.Resampling.BILINEAR))
    return 255 - out if rng.random() < 0.3 else out


def scene(rng, n):
    """Something like a photograph: layers of soft textured shapes under uneven light."""
    out = _clouds(rng, n, rng.uniform(1, 2)).astype(np.float32)
    for _ in range(int(rng.integers(3, 25))):
        mask = np.zeros((n, n), np.uint8)
        centre, axes = rng.integers(0, n, 2), rng.integers(4, n // 2, 2)
        if rng.random() < 0.5:
            cv2.ellipse(mask, centre.tolist(), axes.tolist(), rng.uniform(0, 180), 0, 360, 255, -1)
        else:
            points = (centre + rng.normal(0, n / 5, (int(rng.integers(3, 8)), 2))).astype(np.int32)
            cv2.fillPoly(mask, [points], 255)
        soft = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.3, 5)) / 255.0
        inside = rng.uniform(0, 255) + rng.uniform(0, 0.4) * (_clouds(rng, n, rng.uniform(0.3, 2)) - 127.0)
        out = out * (1 - soft) + inside * soft
    return np.clip(out, 0, 255).astype(np.uint8)


def slice_like(rng, n):
    """The outline of a cross-section: a body, a bright rim or spine, dark or grey hollows, speckle."""
    out = np.zeros((n, n), np.float32) + rng.choice([0, 0, 0, 30, 200])
    c = n / 2 + rng.normal(0, n / 14, 2)
    a = rng.uniform(0.2, 0.48, 2) * n

    def ellipse(centre, axes, value, width=-1, turn=0.0):
        cv2.ellipse(out, [int(v) for v in centre], [max(1, int(v)) for v in axes], turn, 0, 360, float(value), width)

    ellipse(c, a, rng.uniform(60, 180))
    if rng.random() < 0.6:
        ellipse(c, a, rng.uniform(150, 255), int(rng.integers(1, n // 16)))
    for _ in range(int(rng.integers(0, 9))):
        ellipse(c + rng.uniform(-0.6, 0.6, 2) * a, a * rng.uniform(0.05, 0.5, 2), rng.uniform(0, 255), turn=rng.uniform(0, 180))
    if rng.random() < 0.5:  # a fan, as ultrasound draws
        y, x = np.mgrid[0:n, 0:n]
        out *= (np.abs(np.arctan2(x - n / 2, y + 1)) < rng.uniform(0.4, 0.9)) & (np.hypot(x - n / 2, y) < n * rng.uniform(0.6, 1))
    texture = _clouds(rng, n, rng.uniform(0.2, 1.5)) / 255.0
    out = out * (1 - (k := rng.uniform(0.05, 0.8)) + k * texture)
    return np.clip(cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 2.5)), 0, 255).astype(np.uint8)


def bones(rng, n):
    """Long bright shafts in a grey sleeve on black: limbs, hands, a spine."""
    out = np.zeros((n, n), np.float32)
    turn = rng.uniform(-0.6, 0.6) + rng.choice([0, np.pi / 2])
    d = np.array([np.sin(turn), np.cos(turn)])
    for _ in range(int(rng.integers(1, 7))):
        start = n / 2 + rng.normal(0, n / 5, 2)
        steps = rng.normal(0, 0.15, 2) + d
        ends = [tuple(int(v) for v in start + s * n * steps * rng.uniform(0.2, 0.9)) for s in (-1, 1)]
        width = int(rng.integers(n // 30 + 1, n // 6))
        cv2.line(out, *ends, rng.uniform(40, 110), width * int(rng.integers(2, 5)))
        cv2.line(out, *ends, rng.uniform(150, 255), width)
        cv2.line(out, *ends, rng.uniform(90, 180), max(1, width // 2))
        for end in ends:
            cv2.circle(out, end, int(width * rng.uniform(0.4, 0.9)), rng.uniform(150, 255), -1)
    out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.6, 4)) * (0.8 + 0.2 * _clouds(rng, n, 1.2) / 255.0)
    return np.clip(out, 0, 255).astype(np.uint8)


def part_of(picture, rng):
    """A heavy crop of a chest film (at most a fifth of it), or one lying on its side or head."""
    n = picture.shape[0]
    if rng.random() < 0.35:
        return np.ascontiguousarray(np.rot90(picture, int(rng.integers(1, 4))))
    h, w = (int(v) for v in rng.uniform(0.15, 0.45, 2) * n)
    y, x = int(rng.integers(0, n - h)), int(rng.integers(0, n - w))
    return cv2.resize(picture[y : y + h, x : x + w], (n, n))


GENERATED = {"noise": noise, "blank": blank, "document": document, "scene": scene, "slice": slice_like, "bones": bones}
