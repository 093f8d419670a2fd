// What the address bar asks of the invented clinic: `?as=doctor&rows=10000&names=long&fail=reading.worklist:busy`.
import type { Heart } from './heart';

export interface FakeOptions {
  as: 'administrator' | 'doctor' | 'patient' | 'pharmacist' | 'signed-out' | 'first-start' | 'unconfirmed' | 'passphrase';
  /** Scans on the worklist. */
  rows: number;
  longNames: boolean;
  /** Pairs of patients who may be one person. */
  twins: number;
  /** Readings behind the agreement and the drift: none, a few, or many that moved. */
  judged: 'none' | 'few' | 'many';
  demo: boolean;
  /** Command (or `frame`, `map`) → code of the error that it fails with. */
  fail: Map<string, string>;
  /** Milliseconds that each call takes; a stalled call never answers. */
  slow: number;
  /** Commands that never answer, to see their skeletons. */
  stalled: ReadonlySet<string>;
  /** Rows and columns of a chest film. */
  side: number;
  /** Scans of one study. */
  study: number;
  /** Milliseconds that the model takes. */
  reading: number;
  /** What the measuring model says of loops of the heart. */
  heart: Heart;
  /** The AI's answer stays hidden until the reader has looked. */
  hidden: boolean;
  /** The file states neither orientation nor the size of a pixel. */
  bare: boolean;
  /** The consultations that are there: none, one that talks, one in whose waiting room somebody stands, one across the desk, or a long history. */
  live: 'none' | 'talking' | 'waiting' | 'desk' | 'many';
  /** Invented guests knock and answer by themselves; otherwise a test makes them. */
  guest: 'auto' | 'manual';
  relay: 'none' | 'lan' | 'elsewhere';
  engine: 'none' | 'ready' | 'failing';
  /** What the settings say of it. */
  speech: 'none' | 'device';
  /** What writes voice notes down. */
  writer: 'none' | 'ready' | 'failing';
  /** The engine behind the assistant. */
  assistant: 'none' | 'ready' | 'failing';
  /** A restricted record is open in an emergency: not, for most of an hour, or for three seconds more. */
  glass: 'none' | 'open' | 'short';
  /** Backups: no folder chosen, chosen and none made, made each night, failing since the stick is gone, overdue, running. */
  backup: 'none' | 'planned' | 'done' | 'failed' | 'overdue' | 'running';
  /** The person was named to review phrases. */
  reviewer: boolean;
  /** Reports that are there, in every state. */
  reports: number;
  /** What is found beside what was said and reported: headaches of the past. */
  found: number;
  /** The search by meaning. */
  meaning: 'none' | 'ready' | 'partly' | 'failing';
  /** Older texts are not in the search yet. */
  behind: boolean;
  /** What the doctor shows beside the password. */
  second: 'none' | 'app' | 'email';
  /** The doctor has a PIN. */
  pin: boolean;
  /** Somebody's work waits at another window. */
  others: boolean;
  /** Ways by which reports leave the clinic. */
  mail: 'none' | 'email' | 'both';
  /** The clinical note that is there: none, as the engine or the rules drafted it, signed, being corrected; too few words for one; an engine that takes long. */
  notes: 'none' | 'draft' | 'extract' | 'signed' | 'corrected' | 'few' | 'slow';
}

const ROLES: Record<string, FakeOptions['as']> = {
  admin: 'administrator', administrator: 'administrator', doctor: 'doctor', patient: 'patient', pharmacist: 'pharmacist',
  'signed-out': 'signed-out', 'first-start': 'first-start', unconfirmed: 'unconfirmed', passphrase: 'passphrase',
};

export function readOptions(search: string): FakeOptions {
  const asked = new URLSearchParams(search);
  return {
    as: ROLES[asked.get('as') ?? 'doctor'] ?? 'doctor',
    rows: Number(asked.get('rows') ?? 40),
    longNames: asked.get('names') === 'long',
    twins: Number(asked.get('twins') ?? 0),
    judged: (asked.get('judged') as FakeOptions['judged'] | null) ?? 'few',
    demo: asked.get('demo') === '1',
    fail: new Map(asked.getAll('fail').map((pair) => pair.split(':') as [string, string])),
    slow: Number(asked.get('slow') ?? 0),
    stalled: new Set(asked.getAll('stall')),
    side: Number(asked.get('side') ?? 1024),
    study: Number(asked.get('study') ?? 1),
    reading: Number(asked.get('reading') ?? 400),
    heart: (asked.get('heart') as Heart | null) ?? 'none',
    hidden: asked.get('hidden') === '1',
    bare: asked.get('bare') === '1',
    live: (asked.get('live') as FakeOptions['live'] | null) ?? 'none',
    guest: asked.get('guest') === 'manual' ? 'manual' : 'auto',
    relay: (asked.get('relay') as FakeOptions['relay'] | null) ?? 'elsewhere',
    engine: (asked.get('engine') as FakeOptions['engine'] | null) ?? 'ready',
    speech: asked.get('speech') === 'device' ? 'device' : 'none',
    writer: (asked.get('writer') as FakeOptions['writer'] | null) ?? 'ready',
    backup: (asked.get('backup') as FakeOptions['backup'] | null) ?? 'done',
    assistant: (asked.get('assistant') as FakeOptions['assistant'] | null) ?? 'none',
    glass: (asked.get('glass') as FakeOptions['glass'] | null) ?? 'none',
    reviewer: asked.get('reviewer') === '1',
    reports: Number(asked.get('reports') ?? 0),
    found: Number(asked.get('found') ?? 0),
    meaning: (asked.get('meaning') as FakeOptions['meaning'] | null) ?? 'none',
    behind: asked.get('behind') === '1',
    second: (asked.get('second') as FakeOptions['second'] | null) ?? 'none',
    pin: asked.get('pin') === '1',
    others: asked.get('others') === '1',
    mail: (asked.get('mail') as FakeOptions['mail'] | null) ?? 'email',
    notes: (asked.get('notes') as FakeOptions['notes'] | null) ?? 'none',
  };
}
