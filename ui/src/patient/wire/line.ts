// The socket: one that comes back by itself. It knows frames and nothing of what they carry.
import { type Base64 } from './bytes';
import { type FromClient, type FromRelay, readFrame, VERSION } from './frames';

/** What became of the line. */
export type LineNews =
  | { is: 'up' }
  | { is: 'frame'; frame: FromRelay }
  | { is: 'down' }
  /** The relay will not have this token or this version: trying again would not help. */
  | { is: 'turned away'; why: 'token' | 'version' };

/** The part of a WebSocket that is used; tests script one. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

/** Milliseconds. A try waits half to all of `FIRST · 2ⁿ`, at most `LONGEST`, so that a hundred phones do not return at once. */
const FIRST = 500;
const LONGEST = 15_000;
/** A connection that lasted this long was a good one: the next wait is short again. */
const GOOD = 5_000;
/** Silence after which the relay is asked for a sign of life, and after which it is given up. A dead radio link closes no socket. */
const SILENCE = 20_000;
const DEAD = 10_000;
/** Codes with which the relay closes a socket for good (crates/protocol/src/close.rs). */
const CLOSE_TOKEN = 4001;
const CLOSE_VERSION = 4002;

export class Line {
  #socket: Socket | undefined;
  #tries = 0;
  #draining = false;
  /** When the relay welcomed this side, by the page's own clock. */
  #since: number | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;

  constructor(
    private readonly token: Base64,
    private readonly hear: (news: LineNews) => void,
    private readonly open: () => Socket = () => new WebSocket(liveAddress(window.location)),
  ) {}

  start(): void {
    this.#stopped = false;
    window.addEventListener('online', this.#wake);
    window.addEventListener('offline', this.#drop);
    document.addEventListener('visibilitychange', this.#wake);
    this.#connect();
  }

  /** For good. */
  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.#wake);
    window.removeEventListener('offline', this.#drop);
    document.removeEventListener('visibilitychange', this.#wake);
    clearTimeout(this.#retry);
    this.#forget()?.close();
  }

  /** Whether it went out; a line that is down takes nothing. */
  send(frame: FromClient): boolean {
    if (this.#socket === undefined || this.#since === undefined) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Begins anew: what came did not fit together. */
  again(): void {
    this.#drop();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const socket = this.open();
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ t: 'hello', v: VERSION, token: this.token } satisfies FromClient));
    socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#heard(socket, readFrame(data));
    socket.onclose = ({ code }: CloseEvent) => {
      if (code === CLOSE_TOKEN || code === CLOSE_VERSION) this.#turnedAway(code === CLOSE_TOKEN ? 'token' : 'version');
      else this.#drop();
    };
    this.#listen(DEAD);
  }

  #heard(socket: Socket, frame: FromRelay | undefined): void {
    if (socket !== this.#socket || frame === undefined) return;
    this.#listen(SILENCE);
    if (frame.t === 'welcome') {
      this.#since = performance.now();
      this.hear({ is: 'up' });
    } else if (frame.t === 'refused' && (frame.why === 'token' || frame.why === 'version')) {
      this.#turnedAway(frame.why);
    } else if (frame.t === 'draining') {
      this.#draining = true;
    } else if (frame.t !== 'renewed') {
      this.hear({ is: 'frame', frame });
    }
  }

  /** Asks for a sign of life after silence; the same frame keeps the guest's token alive. */
  #listen(patience: number): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (!this.send({ t: 'renew', token: this.token })) return this.#drop();
      clearTimeout(this.#watch);
      this.#watch = setTimeout(this.#drop, DEAD);
    }, patience);
  }

  readonly #drop = (): void => {
    if (this.#socket === undefined || this.#stopped) return;
    if (this.#since !== undefined && performance.now() - this.#since > GOOD) this.#tries = 0;
    this.#forget()?.close();
    const most = this.#draining ? FIRST * 4 : Math.min(LONGEST, FIRST * 2 ** this.#tries);
    this.#draining = false;
    this.#tries += 1;
    this.#retry = setTimeout(() => this.#connect(), most * (0.5 + Math.random() / 2));
    this.hear({ is: 'down' });
  };

  #turnedAway(why: 'token' | 'version'): void {
    this.stop();
    this.hear({ is: 'turned away', why });
  }

  /** The network is back, or somebody looks at the page again: no reason to wait longer. */
  readonly #wake = (): void => {
    if (this.#stopped || this.#socket !== undefined || document.visibilityState === 'hidden') return;
    this.#tries = 0;
    this.#connect();
  };

  #forget(): Socket | undefined {
    clearTimeout(this.#watch);
    const socket = this.#socket;
    if (socket !== undefined) socket.onopen = socket.onmessage = socket.onclose = null;
    this.#socket = undefined;
    this.#since = undefined;
    return socket;
  }
}

/** `wss://relay/v1/live` beside a page of `https://relay`. */
export function liveAddress({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/v1/live`;
}
