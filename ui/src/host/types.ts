// What the screens may ask of the machine. Two hosts answer: Tauri's and, in tests, an invented clinic.
import type { Commands } from '../bindings/commands';
import type { Events } from '../bindings/events';
import type { ErrorView } from '../bindings/types';

export type CommandName = keyof Commands;
export type Request<N extends CommandName> = Commands[N]['request'];
export type Response<N extends CommandName> = Commands[N]['response'];

export type { Events };
export type EventName = keyof Events;
export type Unsubscribe = () => void;

export interface Host {
  call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>>;
  on<E extends EventName>(event: E, handler: (payload: Events[E]) => void): Unsubscribe;
  /** Address of a picture behind the session's grant, for `<img>`. */
  imageUrl(path: string): string;
  /** The bytes behind the same kind of address: frames and maps. */
  pixels(path: string): Promise<ArrayBuffer>;
  /** A sound behind the same kind of address, as an address that `<audio>` plays; `URL.revokeObjectURL` lets it go. */
  audioUrl(path: string): Promise<string>;
  /** Where to keep a file, as the person chose; none when they cancelled. */
  pickSave(suggested: string): Promise<string | null>;
  /** Absolute paths that the person chose; empty when they cancelled. */
  pickFiles(): Promise<string[]>;
  pickFolder(): Promise<string[]>;
  onFilesDropped(handler: (drop: FileDrop) => void): Unsubscribe;
  /** Opens a window for another person in the place of this one, which waits behind it, locked. */
  openOther(): Promise<void>;
  /** Brings a waiting window back in the place of this one. */
  switchTo(window: string): Promise<void>;
}

/** Files held over or let go on the window. */
export type FileDrop = { kind: 'over' } | { kind: 'left' } | { kind: 'dropped'; paths: string[] };

/** An error of the house as a thrown thing. */
export class Failure extends Error implements ErrorView {
  readonly code: ErrorView['code'];
  readonly message_id: string;
  readonly args: ErrorView['args'];

  constructor(view: ErrorView) {
    super(view.message_id);
    this.name = 'Failure';
    this.code = view.code;
    this.message_id = view.message_id;
    this.args = view.args;
  }
}

/** Whatever was thrown, as an error of the house. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (isErrorView(thrown)) return new Failure(thrown);
  return new Failure({ code: 'internal', message_id: 'unexpected', args: {} });
}

function isErrorView(value: unknown): value is ErrorView {
  return typeof value === 'object' && value !== null && 'code' in value && 'message_id' in value;
}
