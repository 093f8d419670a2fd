import { describe, expect, it } from 'vitest';

import type { EdgesView } from '../../bindings/types';
import { apply, applyInverse, FITTED, imageToScreen, isFlipped, placementTurned, rotationOf, type Placement, type TurnStep } from './matrix';
import { edgeLetters } from './orientation';

const IMAGE = { width: 300, height: 200 };
const SCREEN = { width: 960, height: 700 };
const STEPS: TurnStep[] = ['clockwise', 'counterclockwise', 'flip-horizontal', 'flip-vertical'];
const AXIAL: EdgesView = { left: 'R', top: 'A', right: 'L', bottom: 'P' };

function check(steps: TurnStep[], expected: string) {
  const placement = steps.reduce<Placement>((p, s) => placementTurned(p, s), FITTED);
  const at = edgeLetters(AXIAL, imageToScreen(IMAGE, SCREEN, placement));
  expect(at && `${at.left}${at.top}${at.right}${at.bottom}`).toBe(expected);
}

describe('edge letters (left, top, right, bottom)', () => {
  it('axial as acquired', () => check([], 'RALP'));
  it('flipped horizontally', () => check(['flip-horizontal'], 'LARP'));
  it('flipped vertically', () => check(['flip-vertical'], 'RPLA'));
  it('turned clockwise', () => check(['clockwise'], 'PRAL'));
  it('turned counterclockwise', () => check(['counterclockwise'], 'ALPR'));
  it('turned, then flipped as seen on the screen', () => check(['clockwise', 'flip-horizontal'], 'ARPL'));
  it('there and back again', () => check(['clockwise', 'clockwise', 'counterclockwise', 'counterclockwise'], 'RALP'));
  it('shows nothing where the file states no orientation', () => {
    expect(edgeLetters(null, imageToScreen(IMAGE, SCREEN, FITTED))).toBeNull();
  });
});

// A model written the other way round: letters on a card that is turned by hand. It shares no code with the matrix.
function turnCard(at: EdgesView, step: TurnStep): EdgesView {
  switch (step) {
    case 'clockwise':
      return { top: at.left, right: at.top, bottom: at.right, left: at.bottom };
    case 'counterclockwise':
      return { top: at.right, left: at.top, bottom: at.left, right: at.bottom };
    case 'flip-horizontal':
      return { ...at, left: at.right, right: at.left };
    case 'flip-vertical':
      return { ...at, top: at.bottom, bottom: at.top };
  }
}

describe('any sequence of operations', () => {
  it('keeps letters, chips and the picture itself in agreement', () => {
    const random = generator(20261121);
    for (let run = 0; run < 500; run++) {
      let placement: Placement = FITTED;
      let card = AXIAL;
      let flips = 0;
      const length = Math.floor(random() * 25);
      for (let i = 0; i < length; i++) {
        const step = STEPS[Math.floor(random() * STEPS.length)]!;
        placement = placementTurned(placement, step);
        if (random() < 0.5) placement = { ...placement, zoom: 0.2 + random() * 20, pan: { x: random() * 500, y: random() * 500 } };
        card = turnCard(card, step);
        if (step.startsWith('flip')) flips++;
      }
      const m = imageToScreen(IMAGE, SCREEN, placement, 0.5 + random());
      const letters = edgeLetters(AXIAL, m)!;
      expect(letters).toEqual(card);
      expect(isFlipped(m)).toBe(flips % 2 === 1);
      expect(rotationOf(m) === 0).toBe(card.top === 'A');
      // The pixel nearest the image's right border really lies on the side that is labelled L.
      const centre = apply(m, { x: 150, y: 100 });
      const patientLeft = apply(m, { x: 300, y: 100 });
      const side = (Object.keys(letters) as (keyof EdgesView)[]).find((edge) => letters[edge] === 'L')!;
      const toward = { left: centre.x - patientLeft.x, right: patientLeft.x - centre.x, top: centre.y - patientLeft.y, bottom: patientLeft.y - centre.y };
      expect(toward[side]).toBeGreaterThan(0);
      const back = applyInverse(m, apply(m, { x: 12.5, y: 170.25 }));
      expect(back.x).toBeCloseTo(12.5, 6);
      expect(back.y).toBeCloseTo(170.25, 6);
    }
  });
});

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
