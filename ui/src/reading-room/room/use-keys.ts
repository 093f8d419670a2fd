// What each key does here. Keys come from the app's map, so that every one of them can be moved.
import type { ReadingView } from '../../bindings/types';
import { useAction } from '../../shared/keys';
import { useMay } from '../../shared/session-store';
import type { ReadingRoomAction } from '../actions';
import type { Drawing } from '../marks/use-drawing';
import { NUMBERS } from '../numbers';
import { hasMaps, measuredOf } from '../outline/outline';
import type { RunState } from '../panel/use-run';
import type { VerdictForm } from '../panel/use-verdict';
import { KEYED, windowChoices } from '../pixels/choices';
import { windowOf } from '../viewport/WindowMenu';
import { useInside, useRoom } from './context';

interface Doors {
  reading: ReadingView | undefined;
  verdict: VerdictForm;
  run: RunState;
  drawing: Drawing;
  mayMark: boolean;
  /** To the next or previous frame; between scans of one frame, to the next or previous scan. */
  step: (by: 1 | -1) => void;
  /** To the next or previous scan of the study. */
  sibling: (by: 1 | -1) => void;
  nextPatient: (() => void) | undefined;
}

const ZOOM_STEP = 1.25;
const OPACITY_STEP = 0.1;
const POINTERS = ['window', 'zoom', 'pan'] as const;
const MARKERS = ['length', 'angle', 'ellipse', 'rectangle', 'note'] as const;
const TURNS = [['rotate-right', 'clockwise'], ['rotate-left', 'counterclockwise'], ['flip-horizontal', 'flip-horizontal'], ['flip-vertical', 'flip-vertical']] as const;

export function useKeys({ reading, verdict, run, drawing, mayMark, step, sibling, nextPatient }: Doors): void {
  const { room } = useInside();
  usePictureKeys(mayMark);
  useFrameKeys(step, sibling);
  useMarkKeys(mayMark);
  useReadingKeys(reading, run);
  useVerdictKeys(reading, verdict);
  useKey('next-patient', () => nextPatient?.(), nextPatient !== undefined);
  // One thing at a time, the nearest first.
  useKey('cancel', () => {
    const { tool, full, setTool, toggle } = room.getState();
    if (drawing.cancel()) return;
    if (tool !== 'window') setTool('window');
    else if (verdict.side !== null) verdict.close();
    else if (full) toggle('full');
  });
}

type Name = ReadingRoomAction extends `reading-room.${infer N}` ? N : never;

/** An action that the table knows. */
function useKey(name: Name, act: () => void, enabled = true): void {
  useAction(`reading-room.${name}`, act, enabled);
}

function usePictureKeys(mayMark: boolean): void {
  const { room } = useInside();
  const acts = room.getState;
  // The lists are constant, so the hooks are called in the same order each time.
  /* eslint-disable react-hooks/rules-of-hooks */
  for (const tool of POINTERS) useKey(tool, () => acts().setTool(tool));
  for (const tool of MARKERS) useKey(tool, () => acts().setTool(tool), mayMark);
  for (const [name, turn] of TURNS) useKey(name, () => acts().turn(turn));
  /* eslint-enable react-hooks/rules-of-hooks */
  useKey('invert', () => acts().toggleInverted());
  useKey('reset', () => acts().reset());
  useKey('fit', () => acts().fit());
  useKey('zoom-in', () => acts().zoom(ZOOM_STEP));
  useKey('zoom-out', () => acts().zoom(1 / ZOOM_STEP));
  useKey('full', () => acts().toggle('full'));
  useKey('corners', () => acts().toggle('quiet'));
}

function useFrameKeys(step: Doors['step'], sibling: Doors['sibling']): void {
  const { room, scan } = useInside();
  const acts = room.getState;
  const many = useRoom((state) => state.frames > 1);
  const stop = (act: () => void) => () => {
    acts().setPlaying(false);
    act();
  };
  useKey('cine', () => acts().setPlaying(!acts().playing), many);
  useKey('frame-next', stop(() => step(1)));
  useKey('frame-previous', stop(() => step(-1)));
  useKey('frame-first', stop(() => acts().goTo(0)), many);
  useKey('frame-last', stop(() => acts().goTo(Infinity)), many);
  useKey('scan-next', () => sibling(1), scan.siblings.length > 1);
  useKey('scan-previous', () => sibling(-1), scan.siblings.length > 1);
}

function useMarkKeys(mayMark: boolean): void {
  const { book } = useInside();
  useKey('delete-mark', () => {
    const { selected } = book.store.getState();
    if (selected !== null) book.remove(selected);
  }, mayMark);
  useKey('undo', book.undo, mayMark);
  useKey('redo', book.redo, mayMark);
}

function useReadingKeys(reading: ReadingView | undefined, run: RunState): void {
  const { room, scan } = useInside();
  const acts = room.getState;
  const answer = reading?.answer;
  const looked = useRoom((state) => state.looked);
  const assessed = answer?.kind === 'assessed';
  const mapped = assessed && looked;
  const maps = looked && hasMaps(answer);
  const outlined = measuredOf(answer) !== null;
  const stronger = (by: number) => {
    const { map, setMap } = acts();
    const to = (now: number) => Math.round(Math.min(1, Math.max(0, now + by)) * 100) / 100;
    setMap(outlined ? { on: true, lines: to(map.lines) } : { on: true, opacity: to(map.opacity) });
  };
  useKey('map', () => (looked ? acts().setMap({ on: !acts().map.on }) : acts().look()), reading !== undefined && (assessed || !looked));
  useKey('map-stronger', () => stronger(OPACITY_STEP), mapped);
  useKey('map-fainter', () => stronger(-OPACITY_STEP), mapped);
  const mayRead = useMay('reading.read');
  useKey('read', () => run.start(acts().frame, null), mayRead && scan.models.length > 0 && !run.busy);
  for (const n of NUMBERS) {
    // eslint-disable-next-line react-hooks/rules-of-hooks -- the list is constant
    useKey(`map-class-${n}`, () => acts().setMap({ on: true, classIndex: n - 1 }), maps && assessed && n <= answer.classes.length);
  }
}

function useVerdictKeys(reading: ReadingView | undefined, verdict: VerdictForm): void {
  const { room, scan } = useInside();
  const may = useMay('reading.record_verdict');
  const looked = useRoom((state) => state.looked);
  const classes = reading?.answer.kind === 'assessed' ? reading.answer.classes : [];
  useKey('agree', () => verdict.open('agree'), may && looked && classes.length > 0);
  useKey('disagree', () => verdict.open('disagree'), may);
  useKey('record', () => verdict.record(), verdict.side !== null);
  for (const n of NUMBERS) {
    const act = () => {
      const said = classes[n - 1];
      const window = windowChoices(scan, room.getState().shown?.frame)[n - 1];
      if (verdict.side === 'disagree' && said) verdict.record(said.id);
      else if (verdict.side === null && window && n <= KEYED) room.getState().setWindow(windowOf(window));
    };
    // eslint-disable-next-line react-hooks/rules-of-hooks -- the list is constant
    useKey(`number-${n}`, act);
  }
}
