// A guest of a consultation: puts the door, the courier, sounds, files and what is kept together, and holds the one state
// that the screens show. The twin of `live::Guest` in Rust.
import type { Bytes } from '../wire/bytes';
import type { Language, Message, PhraseUse, Sound } from '../wire/content';
import { Line, type LineNews, type Socket } from '../wire/line';
import { byCode, byLink, type Door, Stopped } from './arrive';
import { Courier, type CourierNews } from './courier';
import { Files } from './files';
import { type Arrival, type Keeper, type Kept } from './keep';
import { Shelf } from './shelf';
import { Sounds } from './sounds';
import { haveUntil, type News, newTalk, type Outgoing, step, type Talk } from './talk';

/** How somebody comes in. */
export type Entrance = { by: 'link'; arrival: Arrival } | { by: 'code'; digits: string };

/** Milliseconds: how long leaving waits to be told; when an upload or a fetch is tried again. */
const GOODBYE = 2_000;
const RETRY = 5_000;

export class Guest {
  #talk: Talk;
  #kept: Kept | undefined;
  #courier: Courier | undefined;
  #seen = 0;
  /** Whether what is written goes out at once: a hello stands, and one is in. */
  #speaking = false;
  readonly #leaving = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #shelf = new Shelf();
  readonly #way = () => this.#kept ?? { stream: '', token: '' };
  readonly sounds = new Sounds(this.#shelf, this.#way);
  readonly files = new Files(this.#shelf, this.#way);

  private constructor(talk: Talk, private readonly keep: Keeper, private readonly socket?: () => Socket) {
    this.#talk = talk;
  }

  /** Comes in by a link or a code. */
  static join(entrance: Entrance, name: string, language: Language, keep: Keeper, socket?: () => Socket): Guest {
    const guest = new Guest(newTalk(name, language), keep, socket);
    void guest.#arrive(entrance);
    return guest;
  }

  /** Comes back after a reload. */
  static resume(kept: Kept, keep: Keeper, socket?: () => Socket): Guest {
    // Nobody knows any more what was stored: everything is said again under its own id, and recorded once.
    const outbox = kept.outbox.map((one) => ({ ...one, stored: false }));
    const known = { you: kept.you, doctor: kept.doctor ?? '', clinic: kept.clinic ?? '', phase: kept.psk.id === 'resume' ? 'in' : 'arriving' } as const;
    const guest = new Guest({ ...newTalk(kept.name, kept.language), ...known, outbox }, keep, socket);
    guest.#begin(kept);
    return guest;
  }

  readonly talk = (): Talk => this.#talk;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  say(text: string, phrase: PhraseUse | null = null): void {
    this.#write(text, phrase, null);
  }

  /** A recording: WAV, 16 kHz, one channel, 16 bit. */
  async voice(wav: Bytes, ms: number): Promise<void> {
    this.#write('', null, await this.sounds.seal(wav, ms));
  }

  /** Reads another language from now on. */
  choose(language: Language): void {
    this.#news({ is: 'language', language });
    this.#courier?.say({ t: 'language', language });
  }

  /** Asks for an older message in the present language. */
  translate(id: string): void {
    this.#news({ is: 'asked', id });
    if (this.#speaking) this.#courier?.say({ t: 'translate', id });
  }

  seen(n: number): void {
    if (n <= this.#seen || !this.#speaking) return;
    this.#seen = n;
    this.#courier?.say({ t: 'seen', n });
  }

  async leave(): Promise<void> {
    if (this.#talk.line === 'open' && this.#courier !== undefined) {
      this.#courier.say({ t: 'leave' });
      await this.#courier.flushed(GOODBYE);
    }
    this.#news({ is: 'over', why: 'left' });
  }

  /** Goes silent, as a page that is closed does: everything that was kept stays. */
  stop(): void {
    this.#leaving.abort();
    this.#courier?.stop();
  }

  async #arrive(entrance: Entrance): Promise<void> {
    const door: Door = {
      blocked: (by) => this.#news(by === 'crowd' ? { is: 'busy' } : { is: 'line', line: 'offline' }),
      makeLine: (token, hear) => new Line(token, hear, this.socket),
      signal: this.#leaving.signal,
    };
    try {
      const way = await (entrance.by === 'link' ? byLink(entrance.arrival, door) : byCode(entrance.digits, door));
      this.#begin({ ...way, epoch: 0, name: this.#talk.name, language: this.#talk.language, outbox: [] });
    } catch (error) {
      this.#news({ is: 'over', why: error instanceof Stopped ? error.why : 'closed' });
    }
  }

  #begin(kept: Kept): void {
    if (this.#talk.phase === 'over') return;
    this.#kept = kept;
    this.#courier = new Courier(
      kept,
      (hear: (news: LineNews) => void) => new Line(kept.token, hear, this.socket),
      () => ({ name: kept.name, language: this.#talk.language, have: haveUntil(this.#talk) }),
      (news) => this.#told(news),
      () => this.#keepNow(),
    );
    this.#keepNow();
    this.#courier.start();
  }

  #told(news: CourierNews): void {
    switch (news.is) {
      case 'line':
        if (!news.open) this.#speaking = false;
        return this.#news({ is: 'line', line: news.open ? 'open' : 'offline' });
      case 'greeting':
        this.#speaking = false;
        return undefined;
      // Who was in before need not wait for the clinic's computer: the relay keeps what is said for it.
      case 'greeted': return news.resumed ? this.#sayAgain() : undefined;
      case 'stored': return this.#news({ is: 'stored', id: news.about });
      case 'too large': return this.#news({ is: 'refused', id: news.about, why: 'tooLong' });
      case 'content': break;
      case 'over': {
        // A stream that closes before anybody was let in is a door that closed.
        const early = news.why === 'ended' && this.#talk.phase !== 'in';
        return this.#news({ is: 'over', why: early ? 'closed' : news.why });
      }
      default: return this.#news(news);
    }
    const { content } = news;
    if (content.t === 'message') this.#forgetSound(content.message.id);
    this.#news({ is: 'content', content });
    if (content.t === 'message') void this.#fetch(content.message);
    if (content.t === 'welcome') this.#keepNow();
    if (content.t === 'admitted' && !this.#speaking) this.#sayAgain();
  }

  /** In, or in again: everything that the record may not have is said, in the order in which it was written. */
  #sayAgain(): void {
    this.#seen = 0;
    this.#speaking = true;
    this.#news({ is: 'unsent' });
    for (const outgoing of this.#talk.outbox) this.#send(outgoing);
    for (const id of this.#talk.asked) this.#courier?.say({ t: 'translate', id });
    for (const [id, state] of Object.entries(this.#talk.files)) if (state === 'here') this.#courier?.say({ t: 'has', id });
  }

  #write(text: string, phrase: PhraseUse | null, sound: Sound | null): void {
    const outgoing: Outgoing = { id: crypto.randomUUID(), language: this.#talk.language, text, phrase, sound, at: Date.now(), stored: false };
    this.#news({ is: 'written', outgoing });
    if (this.#speaking) this.#send(outgoing);
  }

  #send({ id, language, text, phrase, sound, refused }: Outgoing): void {
    if (refused !== undefined) return;
    if (sound === null) this.#courier?.say({ t: 'say', id, language, text, phrase }, id);
    else void this.#sendSound(id, language, sound);
  }

  /** The sealed sound first, then the word that names it. */
  async #sendSound(id: string, language: Language, sound: Sound): Promise<void> {
    const outcome = await this.sounds.upload(sound);
    if (outcome === 'there') this.#courier?.say({ t: 'voice', id, language, sound }, id);
    else if (outcome !== 'later') this.#news({ is: 'refused', id, why: outcome });
    else setTimeout(() => this.#speaking && this.#isUnsent(id) && void this.#sendSound(id, language, sound), RETRY);
  }

  /** Fetches what was handed over, until it is here or can never be; the doctor is told that it is. */
  async #fetch({ id, enclosure }: Message): Promise<void> {
    if (!enclosure || this.#talk.files[id] !== undefined) return;
    this.#news({ is: 'file', id, state: 'fetching' });
    for (;;) {
      const outcome = await this.files.fetch(enclosure);
      if (this.#talk.phase === 'over') return;
      if (outcome !== 'later') {
        this.#news({ is: 'file', id, state: outcome });
        if (outcome === 'here' && this.#speaking) this.#courier?.say({ t: 'has', id });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }

  #isUnsent(id: string): boolean {
    return this.#talk.outbox.some((one) => one.id === id && !one.stored);
  }

  #forgetSound(id: string): void {
    const sound = this.#talk.outbox.find((one) => one.id === id)?.sound;
    if (sound) this.sounds.delivered(sound);
  }

  #news(news: News): void {
    const before = this.#talk;
    this.#talk = step(before, news);
    if (this.#talk === before) return;
    if (this.#talk.phase === 'over') this.#end();
    else if (this.#talk.outbox !== before.outbox || this.#talk.language !== before.language) this.#keepNow();
    for (const listener of this.#listeners) listener();
  }

  #keepNow(): void {
    if (this.#kept === undefined || this.#talk.phase === 'over') return;
    this.#kept.language = this.#talk.language;
    this.#kept.outbox = this.#talk.outbox;
    this.#kept.doctor = this.#talk.doctor;
    this.#kept.clinic = this.#talk.clinic;
    if (!this.keep.keepSession(this.#kept) && !this.#talk.forgetful) this.#news({ is: 'forgetful' });
  }

  /** Keys, addresses and unsent words go at once; what was said, and what was handed over, stays on the screen until the person closes it. */
  #end(): void {
    this.stop();
    this.keep.wipe();
    void this.#shelf.wipeDisk();
  }

  /** Nothing is left: what was said, the sounds, and what was handed over. */
  async erase(): Promise<void> {
    this.#talk = { ...newTalk('', this.#talk.language), phase: 'over', over: this.#talk.over };
    this.#kept = undefined;
    this.sounds.forget();
    await this.#shelf.wipe();
    for (const listener of this.#listeners) listener();
  }
}
