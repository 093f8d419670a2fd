// What the reader has done to the picture. One small store outside React: a drag changes it dozens of times a second and
// the canvas listens to it directly, while components take only the parts that they show.
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { MarkTool, Palette, Preferences, ScanView } from '../../bindings/types';
import type { Frame } from '../pixels/frame';
import { autoWindow, type Window } from '../pixels/window';
import { FITTED, imageToScreen, placementTurned, zoomedAt, type Matrix, type Placement, type Point, type Size, type TurnStep } from '../view/matrix';

export type Tool = 'window' | 'zoom' | 'pan' | 'region' | MarkTool;

/** Corners of a region for a verdict, in image pixels. */
export type Region = readonly [Point, Point];

export interface RoomState {
  readonly image: Size;
  /** Height of a pixel over its width. */
  readonly aspect: number;
  readonly frames: number;
  readonly screen: Size;
  readonly placement: Placement;
  /** None until the first frame is known, and for colour that is shown as stored. */
  readonly window: Window | null;
  readonly inverted: boolean;
  readonly tool: Tool;
  /** The frame that is asked for, and the one that is on the screen. */
  readonly frame: number;
  readonly shown: { readonly index: number; readonly frame: Frame } | null;
  readonly playing: boolean;
  /** The picture alone, over the whole window. */
  readonly full: boolean;
  /** Corner texts but the identity are hidden. */
  readonly quiet: boolean;
  /** What the AI draws over the picture: a map at `opacity`, or outlines at `lines`; one switch for both. */
  readonly map: { readonly on: boolean; readonly opacity: number; readonly lines: number; readonly palette: Palette; readonly classIndex: number | null };
  readonly region: Region | null;
  /** The reader has asked for what the AI says; at once where nothing is to be hidden. */
  readonly looked: boolean;
}

export interface RoomActs {
  setScreen(screen: Size): void;
  setWindow(window: Window | null): void;
  toggleInverted(): void;
  setTool(tool: Tool): void;
  turn(step: TurnStep): void;
  zoom(factor: number, at?: Point): void;
  pan(dx: number, dy: number): void;
  fit(): void;
  reset(): void;
  goTo(frame: number): void;
  show(index: number, frame: Frame): void;
  setPlaying(playing: boolean): void;
  toggle(what: 'full' | 'quiet'): void;
  setMap(map: Partial<RoomState['map']>): void;
  setRegion(region: Region | null): void;
  /** Shows what the AI says, with its map. */
  look(): void;
}

export type Room = StoreApi<RoomState & RoomActs>;

/** The way a sibling was shown, taken over to the next scan of the study if its pictures are of the same size. */
export type Carried = Pick<RoomState, 'image' | 'aspect' | 'placement' | 'window' | 'inverted' | 'tool' | 'full' | 'quiet'> & { readonly lines: number };

export function createRoom(scan: ScanView, preferences: Preferences, carried?: Carried): Room {
  const fresh = firstState(scan, preferences);
  const same = carried?.image.width === fresh.image.width && carried.image.height === fresh.image.height && carried.aspect === fresh.aspect;
  const original = { placement: FITTED, inverted: false } as const;
  return createStore<RoomState & RoomActs>()((set, get) => ({
    ...fresh,
    ...(carried ? { full: carried.full, quiet: carried.quiet, map: { ...fresh.map, lines: carried.lines } } : {}),
    ...(carried && same ? { placement: carried.placement, window: carried.window, inverted: carried.inverted, tool: carried.tool } : {}),
    setScreen: (screen) => set({ screen }),
    setWindow: (window) => set({ window }),
    toggleInverted: () => set({ inverted: !get().inverted }),
    setTool: (tool) => set({ tool }),
    turn: (step) => set({ placement: placementTurned(get().placement, step) }),
    zoom: (factor, at) => {
      const { screen, placement } = get();
      set({ placement: zoomedAt(placement, screen, at ?? { x: screen.width / 2, y: screen.height / 2 }, factor) });
    },
    pan: (dx, dy) => {
      const { placement } = get();
      set({ placement: { ...placement, pan: { x: placement.pan.x + dx, y: placement.pan.y + dy } } });
    },
    fit: () => set({ placement: { ...get().placement, zoom: 1, pan: { x: 0, y: 0 } } }),
    reset: () => set({ ...original, window: firstWindow(scan, get().shown?.frame) }),
    goTo: (frame) => set({ frame: Math.min(get().frames - 1, Math.max(0, frame)) }),
    show: (index, frame) => set({ shown: { index, frame }, window: get().window ?? firstWindow(scan, frame) }),
    setPlaying: (playing) => set({ playing: playing && get().frames > 1 }),
    toggle: (what) => set({ [what]: !get()[what] }),
    setMap: (map) => set({ map: { ...get().map, ...map } }),
    setRegion: (region) => set({ region }),
    look: () => set({ looked: true, map: { ...get().map, on: true } }),
  }));
}

export function carriedFrom({ image, aspect, placement, window, inverted, tool, full, quiet, map }: RoomState): Carried {
  return { image, aspect, placement, window, inverted, tool: tool === 'region' ? 'window' : tool, full, quiet, lines: map.lines };
}

let last: { state: Pick<RoomState, 'image' | 'screen' | 'placement' | 'aspect'>; matrix: Matrix } | null = null;

/** The one matrix; the same object while nothing about the geometry has changed. */
export function matrixOf(state: Pick<RoomState, 'image' | 'screen' | 'placement' | 'aspect'>): Matrix {
  const was = last?.state;
  if (last && was && was.image === state.image && was.screen === state.screen && was.placement === state.placement && was.aspect === state.aspect) return last.matrix;
  const { image, screen, placement, aspect } = state;
  last = { state: { image, screen, placement, aspect }, matrix: imageToScreen(image, screen, placement, aspect) };
  return last.matrix;
}

function firstState(scan: ScanView, preferences: Preferences): RoomState {
  const { pixels, spacing } = scan;
  return {
    image: { width: pixels.columns, height: pixels.rows },
    aspect: spacing && spacing.row > 0 && spacing.column > 0 ? spacing.row / spacing.column : 1,
    frames: pixels.frames,
    screen: { width: 0, height: 0 },
    placement: FITTED,
    window: null,
    inverted: false,
    tool: 'window',
    frame: 0,
    shown: null,
    playing: false,
    full: false,
    quiet: false,
    map: { on: !preferences.map_hidden_until_looked, opacity: preferences.map_opacity / 100, lines: 1, palette: preferences.palette, classIndex: null },
    region: null,
    looked: !preferences.map_hidden_until_looked,
  };
}

/** The file's own window first, then a usual one; from the pixels where there is neither. */
function firstWindow(scan: ScanView, frame: Frame | undefined): Window | null {
  if (scan.pixels.samples === 3) return null;
  const [first] = scan.windows;
  if (first) return { width: first.width, centre: first.centre };
  return frame?.kind === 'grey' ? autoWindow(frame) : null;
}
