// A relay in memory that speaks the wire of crates/protocol and can be made to misbehave. Unit tests join it as a
// `Socket`; browser tests reach it through Playwright's routes.
import { createHash, randomUUID } from 'node:crypto';

import type { Entry, FromClient, FromRelay, Refusal } from '../../../ui/src/patient/wire/frames';
import { toBase64url } from '../../../ui/src/seal';

/** One connected page. */
export interface Peer {
  send: (text: string) => void;
  close: () => void;
}

export interface Stream {
  id: string;
  token: string;
  entries: Entry[];
  keys: Map<string, number>;
  closed?: 'by_host' | 'expired';
  watchers: Set<Peer>;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: Uint8Array | object;
}

export class FakeRelay {
  readonly doors = new Map<string, Uint8Array>();
  readonly streams = new Map<string, Stream>();
  readonly blobs = new Map<string, Uint8Array>();
  readonly peers = new Set<Peer>();
  /** Whether the workstation is connected. */
  hostHere = true;
  /** No socket and no request gets through. */
  cut = false;
  /** Appends are refused for this reason. */
  refusing: Refusal | undefined;
  /** Entries are stored, and not acknowledged, and nobody hears of them: the connection breaks first. */
  swallow = false;
  /** Each entry is delivered this many times. */
  copies = 1;
  /** Called for everything that comes to be in a stream. */
  heard: (stream: Stream, entry: Entry) => void = () => undefined;
  knocked: (stream: Stream, door: string) => void = () => undefined;

  http(method: string, path: string, body?: Uint8Array, bearer?: string): Answer {
    const door = /^\/v1\/doors\/([^/]+)(\/knock)?$/.exec(path);
    if (door !== null) return door[2] === undefined ? this.#greeting(door[1] ?? '') : this.#knock(door[1] ?? '');
    const blob = /^\/v1\/streams\/([^/]+)\/blobs\/([0-9a-f]{64})$/.exec(path);
    const stream = this.streams.get(blob?.[1] ?? '');
    if (blob === null || stream === undefined || stream.closed !== undefined || bearer !== `Bearer ${stream.token}`) return { status: 404 };
    const name = blob[2] ?? '';
    if (method === 'GET') {
      const held = this.blobs.get(name);
      return held === undefined ? { status: 404 } : { status: 200, body: held };
    }
    if (body === undefined || createHash('sha256').update(body).digest('hex') !== name) return { status: 422 };
    this.blobs.set(name, body);
    return { status: 201 };
  }

  #greeting(door: string): Answer {
    const greeting = this.doors.get(door);
    return greeting === undefined ? { status: 404 } : { status: 200, body: { greeting: toBase64url(greeting) } };
  }

  #knock(door: string): Answer {
    if (!this.doors.has(door)) return { status: 404 };
    const stream: Stream = { id: randomUUID(), token: toBase64url(crypto.getRandomValues(new Uint8Array(32))), entries: [], keys: new Map(), watchers: new Set() };
    this.streams.set(stream.id, stream);
    this.knocked(stream, door);
    return { status: 200, body: { stream: stream.id, token: stream.token, lasts_s: 7200 } };
  }

  /** A socket opened: feed it what the page says. */
  connect(peer: Peer): { hear: (text: string) => void; gone: () => void } {
    let own: Stream | undefined;
    this.peers.add(peer);
    return {
      gone: () => {
        this.peers.delete(peer);
        own?.watchers.delete(peer);
      },
      hear: (text) => {
        if (this.cut) return peer.close();
        const frame = JSON.parse(text) as FromClient;
        if (frame.t === 'hello') {
          own = [...this.streams.values()].find(({ token, closed }) => token === frame.token && closed === undefined);
          if (own === undefined) tell(peer, refusal('token'));
          else tell(peer, { t: 'welcome', v: 1, role: 'guest', lasts_s: 7200, stream: own.id });
        } else if (own !== undefined) {
          this.#frame(peer, own, frame);
        }
      },
    };
  }

  #frame(peer: Peer, own: Stream, frame: FromClient): void {
    if (frame.t === 'renew') tell(peer, { t: 'renewed', lasts_s: 7200 });
    if (frame.t === 'subscribe') {
      tell(peer, { t: 'subscribed', stream: own.id, head: own.entries.length });
      tell(peer, { t: 'presence', stream: own.id, host: this.hostHere, guest: true });
      own.watchers.add(peer);
      for (const entry of own.entries.slice(frame.after)) tell(peer, entry);
    }
    if (frame.t !== 'append') return;
    if (this.refusing !== undefined) return tell(peer, { ...refusal(this.refusing), stream: own.id, key: frame.key, retry_ms: 50 });
    const known = own.keys.get(frame.key);
    const seq = known ?? this.append(own, 'guest', frame.envelope, frame.key);
    if (this.swallow) return this.drop();
    tell(peer, { t: 'stored', stream: own.id, key: frame.key, seq });
  }

  /** Stores an envelope and brings it to everybody who reads along. */
  append(stream: Stream, from: Entry['from'], envelope: string, key: string = randomUUID()): number {
    const seq = stream.entries.length + 1;
    const entry: Entry = { t: 'entry', stream: stream.id, seq, key, from, at: Date.now(), envelope };
    stream.entries.push(entry);
    stream.keys.set(key, seq);
    if (!this.swallow) for (const watcher of stream.watchers) for (let copy = 0; copy < this.copies; copy += 1) tell(watcher, entry);
    this.heard(stream, entry);
    return seq;
  }

  /** Breaks every connection. */
  drop(): void {
    for (const peer of [...this.peers]) peer.close();
  }

  close(stream: Stream, why: 'by_host' | 'expired'): void {
    stream.closed = why;
    for (const watcher of stream.watchers) tell(watcher, { t: 'closed', stream: stream.id, why });
  }

  /** The workstation comes or goes. */
  presence(host: boolean): void {
    this.hostHere = host;
    for (const stream of this.streams.values()) for (const watcher of stream.watchers) tell(watcher, { t: 'presence', stream: stream.id, host, guest: true });
  }
}

const refusal = (why: Refusal): Extract<FromRelay, { t: 'refused' }> => ({ t: 'refused', why, stream: null, key: null, door: null, retry_ms: null });

/** Later, and in order, as a network does. */
function tell(peer: Peer, frame: FromRelay): void {
  queueMicrotask(() => peer.send(JSON.stringify(frame)));
}
