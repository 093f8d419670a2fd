// A pretended workstation behind the pretended relay: it holds real keys, admits, records each message once and
// translates by looking into a small table.
import { randomUUID } from 'node:crypto';

import type { FromGuest, FromHost, Hello, Language, Message, Provenance, Writing } from '../../../ui/src/patient/wire/content';
import type { Entry } from '../../../ui/src/patient/wire/frames';
import { idBytes } from '../../../ui/src/patient/wire/bytes';
import { blobName, type Channel, commitmentHolds, draw, EMOJI_NAMES, fromBase64url, JoinLink, peek, rekeyEnvelope, sas, sealBlob, toBase64url } from '../../../ui/src/seal';
import { generateHostKey, type HostKey, hostOpenHello } from '../../../ui/src/seal/host';
import { SpokenHost } from '../../../ui/src/seal/spoken';
import { FakeRelay, type Stream } from './relay';

export const DOCTOR = '11111111-1111-4111-8111-111111111111';
export const GUEST = '22222222-2222-4222-8222-222222222222';
const DOOR = 'Consult-room-7';

export type Translate = (text: string, into: Language) => { text: string; provenance: Provenance; held?: boolean } | null;

export class FakeClinic {
  readonly relay = new FakeRelay();
  readonly said: FromGuest[] = [];
  readonly messages: Message[] = [];
  readonly hellos: Hello[] = [];
  /** The pictures as the doctor sees them. */
  pictures: string[] = [];
  link = '';
  doctorLanguage: Language = 'en';
  /** Switched off: what comes is read when it is awake again. */
  asleep = false;
  #missed: (() => Promise<void>)[] = [];
  stream: Stream | undefined;
  /** What becomes of a voice note at first. */
  writes: Writing = 'not_written';
  translate: Translate = (text, into) => ({ text: `${into}: ${text}`, provenance: 'machine' });
  #key!: HostKey;
  #secret = draw(32);
  #resume = draw(32);
  #spokenPsk: Uint8Array<ArrayBuffer> | undefined;
  #spoken: SpokenHost | undefined;
  #channel: Channel | undefined;
  #last = 0;
  #admitted = false;
  #language: Language = 'en';
  #numbers: { guest?: string; host: Uint8Array; commit: string } | undefined;
  #work: Promise<void> = Promise.resolve();
  #watchers: (() => void)[] = [];

  /** Opens a door: a link's, and with `code` a spoken one's. */
  static async open(code?: string): Promise<FakeClinic> {
    const clinic = new FakeClinic();
    clinic.#key = await generateHostKey();
    const link = await JoinLink.to(DOOR, clinic.#secret, clinic.#key.public);
    clinic.link = `/j/${DOOR}#${link.toFragment()}`;
    clinic.relay.doors.set(DOOR, Uint8Array.from([1, 1, ...clinic.#key.public]));
    if (code !== undefined) {
      clinic.relay.doors.set(code.slice(0, 4), Uint8Array.from([1, 2]));
      clinic.#spoken = new SpokenHost({ door: code.slice(0, 4), pin: code.slice(4) }, clinic.#key.public);
    }
    clinic.relay.knocked = (stream) => (clinic.stream = stream);
    clinic.relay.heard = (stream, entry) => {
      if (entry.from !== 'guest') return;
      const read = () => clinic.#entry(stream, entry);
      if (clinic.asleep) clinic.#missed.push(read);
      else clinic.#then(read);
    };
    return clinic;
  }

  async admit(): Promise<void> {
    this.#admitted = true;
    await this.tell({ t: 'admitted', you: GUEST, resume: toBase64url(this.#resume) });
    await this.#catchUp(0);
  }

  /** The doctor says something. */
  async say(text: string, more: Partial<Message> = {}): Promise<Message> {
    return this.#record({ id: randomUUID(), from: DOCTOR, language: this.doctorLanguage, text, writing: null, sound: null, enclosure: null, ...more });
  }

  /** Says a recording aloud. */
  async speak(wav: Uint8Array<ArrayBuffer>, writing: Writing): Promise<Message> {
    const { key, sealed } = await sealBlob(wav);
    const sha256 = Buffer.from(await blobName(sealed)).toString('hex');
    this.relay.blobs.set(sha256, sealed);
    return this.say('', { writing, sound: { sha256, key: toBase64url(key), ms: (wav.length - 44) / 32 } });
  }

  /** Words of a voice note come, or are corrected; then their translation. */
  async writeDown(id: string, text: string, writing: Writing): Promise<void> {
    const message = this.messages.find((one) => one.id === id);
    if (message === undefined) throw new Error('no such message');
    Object.assign(message, { text, writing, translation: null });
    await this.tell({ t: 'transcript', transcript: { id, language: message.language, text, writing } });
    const found = text === '' || message.from === GUEST ? null : this.translate(text, this.#language);
    if (found === null) return;
    message.translation = { language: this.#language, ...found };
    await this.tell({ t: 'translation', id, translation: message.translation });
  }

  /** The doctor hands a report over; with `lost`, the relay does not have it. */
  async handOver(pdf: Uint8Array<ArrayBuffer>, lost = false): Promise<Message> {
    const { key, sealed } = await sealBlob(pdf);
    const sha256 = Buffer.from(await blobName(sealed)).toString('hex');
    if (!lost) this.relay.blobs.set(sha256, sealed);
    const enclosure = { name: 'R-000123.pdf', media_type: 'application/pdf', bytes: pdf.length, sha256, key: toBase64url(key) };
    return this.say('', { enclosure });
  }

  async tell(content: FromHost): Promise<void> {
    if (this.#channel === undefined || this.stream === undefined) return;
    const envelope = await this.#channel.seal(new TextEncoder().encode(JSON.stringify(content)));
    this.relay.append(this.stream, 'host', toBase64url(envelope));
  }

  /** The workstation started anew and has no keys. */
  restart(): void {
    this.#channel = undefined;
    if (this.stream !== undefined) this.relay.append(this.stream, 'host', toBase64url(rekeyEnvelope()));
  }

  awake(): void {
    this.asleep = false;
    this.relay.presence(true);
    for (const read of this.#missed.splice(0)) this.#then(read);
  }

  /** Resolves when `is` holds; asked again whenever something was heard. */
  until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!is()) return false;
        resolve();
        return true;
      };
      if (!look()) this.#watchers.push(() => look() && this.#watchers.splice(0, 0));
    });
  }

  #then(act: () => Promise<void>): void {
    this.#work = this.#work.then(act).then(() => this.#watchers.forEach((watch) => watch()));
  }

  async #entry(stream: Stream, { envelope: text }: Entry): Promise<void> {
    const envelope = fromBase64url(text) ?? new Uint8Array();
    const { kind, epoch } = peek(envelope);
    if (kind === 'pake' && this.#spoken !== undefined) {
      const { envelope: answer, psk } = await this.#spoken.answer(idBytes(stream.id), envelope);
      this.#spokenPsk = psk.key;
      this.relay.append(stream, 'host', toBase64url(answer));
    } else if (kind === 'hello') {
      await this.#hello(stream, envelope);
    } else if (kind === 'sealed' && epoch === this.#channel?.epoch) {
      const content = JSON.parse(new TextDecoder().decode(await this.#channel.open(envelope))) as FromGuest;
      this.said.push(content);
      await this.#heard(content);
    }
  }

  async #hello(stream: Stream, envelope: Uint8Array): Promise<void> {
    const secrets = { link: this.#secret, spoken: this.#spokenPsk, resume: this.#resume };
    const opened = await hostOpenHello(this.#key, idBytes(stream.id), envelope, this.#last, (id) => secrets[id]);
    const hello = JSON.parse(new TextDecoder().decode(opened.hello)) as Hello;
    this.hellos.push(hello);
    this.#channel = opened.channel;
    this.#last = opened.channel.epoch;
    this.#language = hello.language;
    const resumed = opened.psk === 'resume';
    this.#numbers = resumed ? undefined : { host: draw(32), commit: hello.commit };
    const nonce = this.#numbers === undefined ? '' : toBase64url(this.#numbers.host);
    await this.tell({ t: 'welcome', nonce, clinic: 'Hillside Clinic', doctor: 'Dr Amara Osei', admitted: resumed });
    if (resumed) await this.#catchUp(hello.have);
  }

  async #heard(content: FromGuest): Promise<void> {
    if (content.t === 'reveal' && this.#numbers !== undefined && this.#channel !== undefined) {
      const guest = fromBase64url(content.nonce) ?? new Uint8Array();
      const holds = await commitmentHolds(fromBase64url(this.#numbers.commit) ?? new Uint8Array(), guest);
      const places = await sas(this.#channel.sasSecret, guest, this.#numbers.host);
      this.pictures = holds ? places.map((place) => EMOJI_NAMES[place] ?? '') : [];
    }
    if (content.t === 'language') this.#language = content.language;
    if (content.t === 'translate') {
      const message = this.messages.find(({ id }) => id === content.id);
      const found = message && this.translate(message.text, this.#language);
      if (found) await this.tell({ t: 'translation', id: content.id, translation: { language: this.#language, ...found } });
    }
    if (!this.#admitted) return;
    if (content.t === 'say') await this.#record({ id: content.id, from: GUEST, language: content.language, text: content.text, writing: null, sound: null, enclosure: null });
    if (content.t === 'voice') await this.#record({ id: content.id, from: GUEST, language: content.language, text: '', writing: this.writes, sound: content.sound, enclosure: null });
  }

  /** Once for each id, however often it comes. */
  async #record(said: Omit<Message, 'n' | 'at' | 'translation'>): Promise<Message> {
    const known = this.messages.find(({ id }) => id === said.id);
    const own = said.from === GUEST;
    const found = own || said.text === '' ? null : this.translate(said.text, this.#language);
    const message: Message = known ?? { n: this.messages.length + 1, at: Date.now(), translation: found === null ? null : { language: this.#language, ...found }, ...said };
    if (known === undefined) this.messages.push(message);
    await this.tell({ t: 'message', message });
    return message;
  }

  async #catchUp(have: number): Promise<void> {
    await this.tell({ t: 'people', people: [
      { id: DOCTOR, name: 'Dr Amara Osei', doctor: true, language: this.doctorLanguage, here: true },
      { id: GUEST, name: 'Lucía', doctor: false, language: this.#language, here: true },
    ] });
    for (const message of this.messages.filter(({ n }) => n > have)) await this.tell({ t: 'message', message });
    await this.tell({ t: 'caught_up', n: this.messages.length });
  }
}
