// Carries sealed words over the line: says hello on every connect, opens what comes, sends one thing after the other
// and counts it as sent only when the relay has it on disk. It knows nothing of messages and screens.
import { type Channel, guestHello, HostPublic, peek } from '../../seal';
import { type Base64, fromBase64, idBytes, toBase64 } from '../wire/bytes';
import { type FromGuest, type FromHost, readContent } from '../wire/content';
import type { Entry, FromRelay } from '../wire/frames';
import type { Line, LineNews } from '../wire/line';
import type { Kept } from './keep';
import { Compare } from './compare';
import { Post, type PostNews } from './post';
import type { Over } from './talk';

/** What the courier tells. */
export type CourierNews =
  | { is: 'line'; open: boolean }
  /** A hello begins, and is on the relay's disk: what is said from now on follows it. */
  | { is: 'greeting' }
  | { is: 'greeted'; resumed: boolean }
  | { is: 'presence'; host: boolean }
  | { is: 'clock'; off: boolean }
  | { is: 'pictures'; pictures: readonly string[] }
  | { is: 'content'; content: FromHost }
  | PostNews
  | { is: 'over'; why: Over };

interface Greeting {
  key: string;
  channel: Channel;
  /** Its place in the stream once the relay stored it. */
  seq?: number;
}

/** Milliseconds by which the phone's clock counts as wrong. */
const CLOCK_OFF = 5 * 60_000;

export class Courier {
  #line: Line;
  /** Before it is in the stream, the channel of the hello before still opens what came in between. */
  #greeting: Greeting | undefined;
  #channel: Channel | undefined;
  #compare: Compare | undefined;
  #head = 0;
  readonly #post: Post;
  /** News is worked through one by one: sealing and opening take their time. */
  #work: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly kept: Kept,
    makeLine: (hear: (news: LineNews) => void) => Line,
    /** What the hello says of itself. */
    private readonly about: () => { name: string; language: Kept['language']; have: number },
    private readonly hear: (news: CourierNews) => void,
    /** Writes `kept` down. */
    private readonly keep: () => void,
  ) {
    this.#line = makeLine((news) => this.#then(() => this.#lineSaid(news)));
    this.#post = new Post(kept.stream, (frame) => this.#line.send(frame), (content) => this.#seal(content), hear);
  }

  start(): void {
    this.#line.start();
  }

  stop(): void {
    this.#stopped = true;
    this.#post.clear();
    this.#line.stop();
  }

  /** Sends it after what is waiting. What a lost connection takes with it is not said again by itself. */
  say(content: FromGuest, about?: string): void {
    this.#post.add(content, about);
    this.#then(() => this.#post.next());
  }

  /** Resolves when everything said so far is stored, or after `ms`. */
  flushed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#post.whenIdle(resolve);
      setTimeout(resolve, ms);
      this.#then(() => this.#post.next());
    });
  }

  #then(act: () => void | Promise<void>): void {
    this.#work = this.#work.then(() => (this.#stopped ? undefined : act())).catch(() => this.#line.again());
  }

  async #lineSaid(news: LineNews): Promise<void> {
    if (news.is === 'up') {
      this.#line.send({ t: 'subscribe', stream: this.kept.stream, after: this.kept.cursor });
    } else if (news.is === 'down') {
      this.#post.clear();
      this.hear({ is: 'line', open: false });
    } else if (news.is === 'turned away') {
      this.hear({ is: 'over', why: news.why === 'version' ? 'version' : 'expired' });
    } else {
      await this.#frame(news.frame);
    }
  }

  async #frame(frame: FromRelay): Promise<void> {
    if ('stream' in frame && frame.stream !== null && frame.stream !== this.kept.stream) return;
    switch (frame.t) {
      case 'subscribed':
        this.#head = frame.head;
        this.hear({ is: 'line', open: true });
        return this.#greetWhenRead();
      case 'entry': return this.#entry(frame);
      case 'stored':
        if (frame.key === this.#greeting?.key) this.#greeted(frame.seq);
        return this.#post.stored(frame.key);
      case 'presence': return this.hear({ is: 'presence', host: frame.host });
      case 'closed': return this.hear({ is: 'over', why: frame.why === 'expired' ? 'expired' : 'ended' });
      case 'refused': return this.#post.refused(frame);
      default: return undefined;
    }
  }

  /** One hello for every connection, after everything older was read. */
  async #greetWhenRead(): Promise<void> {
    if (this.kept.cursor < this.#head) return;
    this.#head = Number.POSITIVE_INFINITY;
    await this.#greet();
  }

  async #greet(): Promise<void> {
    const { kept } = this;
    this.hear({ is: 'greeting' });
    kept.epoch += 1;
    // Durable before it is used: an epoch never comes twice.
    this.keep();
    const resuming = kept.psk.id === 'resume';
    this.#compare = resuming ? undefined : await Compare.begin();
    const { name, language, have } = this.about();
    const hello = { name: resuming ? '' : name, language, commit: this.#compare?.commit ?? '', have };
    const { envelope, channel } = await guestHello(
      idBytes(kept.stream), kept.epoch, { id: kept.psk.id, key: fromBase64(kept.psk.key) }, HostPublic.kept(fromBase64(kept.hostKey)), new TextEncoder().encode(JSON.stringify(hello)),
    );
    const key = crypto.randomUUID();
    this.#greeting = { key, channel };
    this.#post.clear();
    this.#post.put({ key, envelope: toBase64(envelope) });
  }

  async #entry(entry: Entry): Promise<void> {
    const { kept } = this;
    if (entry.seq <= kept.cursor) return undefined;
    // Something is missing: read again from the cursor.
    if (entry.seq > kept.cursor + 1) return this.#line.again();
    kept.cursor = entry.seq;
    this.hear({ is: 'clock', off: this.#head === Number.POSITIVE_INFINITY && Math.abs(Date.now() - entry.at) > CLOCK_OFF });
    if (entry.from === 'guest') this.#own(entry);
    if (entry.from === 'host') await this.#host(entry);
    this.keep();
    return this.#greetWhenRead();
  }

  /** An envelope from this side: this page's hello, or another window's. */
  #own({ key, seq, envelope }: Entry): void {
    if (key === this.#greeting?.key) {
      this.#greeted(seq);
    } else {
      const header = peekOr(fromBase64(envelope));
      if (header?.kind === 'hello' && header.epoch >= this.kept.epoch) this.hear({ is: 'over', why: 'elsewhere' });
    }
  }

  #greeted(seq: number): void {
    if (this.#greeting === undefined || this.#greeting.seq !== undefined) return;
    this.#greeting.seq = seq;
    this.#channel = this.#greeting.channel;
    this.hear({ is: 'greeted', resumed: this.#compare === undefined });
  }

  async #host({ envelope: text, seq }: Entry): Promise<void> {
    const envelope = fromBase64(text);
    const header = peekOr(envelope);
    if (header?.kind === 'rekey') {
      // Only if it answers the present hello: an older one was about an older hello.
      if (this.#greeting?.seq !== undefined && seq > this.#greeting.seq) await this.#greet();
    } else if (header?.kind === 'sealed' && header.epoch === this.#channel?.epoch) {
      const opened = await this.#channel.open(envelope).catch(() => undefined);
      const content = opened && readContent(opened);
      if (content !== undefined) await this.#content(content);
    }
  }

  async #content(content: FromHost): Promise<void> {
    if (content.t === 'welcome' && content.nonce !== '' && this.#compare !== undefined && this.#channel !== undefined && this.#greeting?.seq !== undefined) {
      const compare = this.#compare;
      // One answer for each hello, and to that hello's host alone: whoever knew the number beforehand could choose
      // theirs so that the pictures agree.
      this.#compare = undefined;
      const { pictures, reveal } = await compare.answer(content.nonce, this.#channel);
      this.say({ t: 'reveal', nonce: reveal });
      this.hear({ is: 'pictures', pictures });
    } else if (content.t === 'admitted') {
      this.kept.psk = { id: 'resume', key: content.resume };
      this.kept.you = content.you;
    }
    this.hear({ is: 'content', content });
  }

  /** Under the keys of a hello that the relay has; before that there are none to use. */
  async #seal(content: FromGuest): Promise<Base64 | undefined> {
    if (this.#channel === undefined || this.#greeting?.seq === undefined) return undefined;
    return toBase64(await this.#channel.seal(new TextEncoder().encode(JSON.stringify(content))));
  }
}

/** What anyone can read of an envelope; nothing where it is none. */
function peekOr(envelope: Uint8Array) {
  try {
    return peek(envelope);
  } catch {
    return undefined;
  }
}
