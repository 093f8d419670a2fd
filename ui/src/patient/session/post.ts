// What goes out: one envelope at a time, so that order is kept, and each under one key until the relay has it on disk.
import type { Base64 } from '../wire/bytes';
import type { FromGuest } from '../wire/content';
import type { FromClient, Refused } from '../wire/frames';

/** What became of something. */
export type PostNews =
  | { is: 'full'; full: boolean }
  /** The thing about this message is on the relay's disk, or can never be. */
  | { is: 'stored' | 'too large'; about: string }
  /** The stream takes nothing any more. */
  | { is: 'over'; why: 'expired' };

interface Parcel {
  content: FromGuest;
  /** The message that it carries. */
  about?: string;
}

/** Milliseconds until the next try where the relay names none. */
const RETRY = 5_000;

export class Post {
  #queue: Parcel[] = [];
  #out: { key: string; envelope: Base64; about?: string } | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #idle: (() => void) | undefined;

  constructor(
    private readonly stream: string,
    private readonly send: (frame: FromClient) => void,
    /** Seals; gives nothing while there are no keys. */
    private readonly seal: (content: FromGuest) => Promise<Base64 | undefined>,
    private readonly hear: (news: PostNews) => void,
  ) {}

  add(content: FromGuest, about?: string): void {
    this.#queue.push({ content, ...(about === undefined ? {} : { about }) });
  }

  /** Forgets what waits: it was sealed, or meant, for a connection that is gone. */
  clear(): void {
    clearTimeout(this.#retry);
    this.#queue = [];
    this.#out = undefined;
  }

  /** Sends the next thing if nothing is on its way. */
  async next(): Promise<void> {
    const parcel = this.#queue[0];
    if (this.#out !== undefined) return;
    if (parcel === undefined) return this.#idle?.();
    const envelope = await this.seal(parcel.content);
    if (envelope === undefined) return;
    this.#queue.shift();
    this.put({ key: crypto.randomUUID(), envelope, ...(parcel.about === undefined ? {} : { about: parcel.about }) });
  }

  put(out: { key: string; envelope: Base64; about?: string }): void {
    this.#out = out;
    this.send({ t: 'append', stream: this.stream, key: out.key, envelope: out.envelope });
  }

  stored(key: string): Promise<void> | undefined {
    const out = this.#taken(key);
    if (out === undefined) return undefined;
    this.hear({ is: 'full', full: false });
    if (out.about !== undefined) this.hear({ is: 'stored', about: out.about });
    return this.next();
  }

  refused({ why, key, retry_ms }: Refused): Promise<void> | undefined {
    if (why === 'not_found' || why === 'closed') {
      this.hear({ is: 'over', why: 'expired' });
      return undefined;
    }
    const out = this.#out;
    if (out === undefined || key !== out.key) return undefined;
    if (why === 'too_many' || why === 'storage') {
      this.hear({ is: 'full', full: why === 'storage' });
      // The same bytes under the same key: stored once, however often they are sent.
      this.#retry = setTimeout(() => this.#out === out && this.put(out), retry_ms ?? RETRY);
      return undefined;
    }
    this.#taken(key);
    if (out.about !== undefined) this.hear({ is: 'too large', about: out.about });
    return this.next();
  }

  /** Calls back once, when nothing waits any more. */
  whenIdle(act: () => void): void {
    this.#idle = act;
  }

  #taken(key: string) {
    const out = this.#out;
    if (out === undefined || out.key !== key) return undefined;
    this.#out = undefined;
    return out;
  }
}
