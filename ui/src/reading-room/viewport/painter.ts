// Draws the picture and, on a second canvas, the AI map; both with the one matrix. The picture is resampled only when
// the geometry or the frame changes, and mapped through its window only when that changes too.
import type { Frame } from '../pixels/frame';
import { paintColour, paintGrey } from '../pixels/paint';
import { resample, type Plane } from '../pixels/resample';
import { fullWindow, greyTable, type GreyTable, type Window } from '../pixels/window';
import { scaled, type Matrix, type Size } from '../view/matrix';

export interface Scene {
  readonly frame: Frame | null;
  readonly matrix: Matrix;
  readonly screen: Size;
  readonly window: Window | null;
  readonly inverted: boolean;
  /** The map as a small square picture of the whole image, or none. */
  readonly heat: HTMLCanvasElement | null;
  readonly image: Size;
  readonly opacity: number;
}

export interface Painter {
  draw(scene: Scene): void;
}

/** Above this many canvas pixels a screen is drawn a little coarser than its own pixels. */
const MOST_PIXELS = 5_000_000;

export function painterFor(picture: HTMLCanvasElement, overlay: HTMLCanvasElement): Painter {
  // The pixels are made by us, word by word: a canvas in plain memory takes them without a trip to the GPU and back.
  const context = picture.getContext('2d', { willReadFrequently: true });
  const over = overlay.getContext('2d');
  let sheet: ImageData | null = null;
  let words = new Uint32Array(0);
  let plane: Plane | undefined;
  let table: GreyTable | undefined;
  let last: (Scene & { ratio: number }) | null = null;

  function size(screen: Size): number {
    const ratio = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / Math.max(1, screen.width * screen.height)));
    const width = Math.max(1, Math.round(screen.width * ratio));
    const height = Math.max(1, Math.round(screen.height * ratio));
    for (const canvas of [picture, overlay]) {
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
    }
    if (!sheet || sheet.width !== width || sheet.height !== height) {
      sheet = new ImageData(width, height);
      words = new Uint32Array(sheet.data.buffer);
      plane = undefined;
      last = null;
    }
    return ratio;
  }

  function drawPicture(scene: Scene, ratio: number): void {
    const { frame, matrix, window: range, inverted } = scene;
    if (!context || !sheet) return;
    if (!frame) {
      context.clearRect(0, 0, sheet.width, sheet.height);
      plane = undefined;
      return;
    }
    const moved = !plane || !last || last.frame !== frame || last.matrix !== matrix || last.ratio !== ratio;
    if (!moved && last?.window === range && last.inverted === inverted) return;
    if (moved || !plane) plane = resample(frame, scaled(matrix, ratio), sheet.width, sheet.height, plane);
    if (frame.kind === 'grey') {
      table = greyTable(frame, range ?? fullWindow(frame), inverted, table);
      paintGrey(plane, table, words);
    } else {
      paintColour(plane, range, inverted, words);
    }
    context.putImageData(sheet, 0, 0);
  }

  function drawMap(scene: Scene, ratio: number): void {
    const { heat, matrix, image, opacity } = scene;
    if (!over) return;
    const same = last && last.heat === heat && last.matrix === matrix && last.opacity === opacity && last.ratio === ratio;
    if (same) return;
    over.setTransform(1, 0, 0, 1, 0, 0);
    over.clearRect(0, 0, overlay.width, overlay.height);
    if (!heat || !scene.frame) return;
    const m = scaled(matrix, ratio);
    over.setTransform(m.a, m.b, m.c, m.d, m.e, m.f);
    over.globalAlpha = opacity;
    over.imageSmoothingEnabled = true;
    over.drawImage(heat, 0, 0, image.width, image.height);
  }

  return {
    draw(scene) {
      if (scene.screen.width < 1 || scene.screen.height < 1) return;
      const ratio = size(scene.screen);
      drawPicture(scene, ratio);
      drawMap(scene, ratio);
      last = { ...scene, ratio };
    },
  };
}
