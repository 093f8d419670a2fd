// @vitest-environment node
// A guest against a pretended relay and workstation with real keys: nothing lost, nothing twice, order kept, state told honestly.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { FakeClinic } from '../../../../tests/ui/support/clinic';
import { draw, toBase64url } from '../../seal';
import type { Socket } from '../wire/line';
import { Guest } from './guest';
import { keeper, type Keeper, takeArrival } from './keep';
import { delivery, type Talk } from './talk';

let clinic: FakeClinic;
let keep: Keeper;
let guests: Guest[];

beforeEach(async () => {
  stubPage();
  clinic = await FakeClinic.open('4711123456');
  vi.stubGlobal('fetch', (path: string, how: RequestInit) => request(path, how));
  keep = keeper();
  guests = [];
});

afterEach(() => {
  for (const guest of guests) guest.stop();
  vi.unstubAllGlobals();
});

/** As much of a page as a session touches: what is left in its storage and its address bar can be looked at. */
function stubPage(): void {
  const stored = new Map<string, string>();
  const storage = { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, text: string) => void stored.set(name, text), removeItem: (name: string) => void stored.delete(name) };
  const location = { pathname: '/', hash: '' };
  const history = { replaceState: (_: unknown, __: string, to: string) => ([location.pathname = '/', location.hash = ''] = /^([^#]*)(.*)$/.exec(to)?.slice(1) ?? []) };
  vi.stubGlobal('window', Object.assign(new EventTarget(), { sessionStorage: storage, stored, location, history }));
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
}

function request(path: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> {
  if (clinic.relay.cut) return Promise.reject(new TypeError('no network'));
  const bearer = new Headers(headers).get('Authorization') ?? undefined;
  const answer = clinic.relay.http(method, path, body as Uint8Array | undefined, bearer);
  const content = answer.body instanceof Uint8Array ? (answer.body as Uint8Array<ArrayBuffer>) : JSON.stringify(answer.body ?? null);
  return Promise.resolve(new Response(content, { status: answer.status, headers: answer.headers }));
}

function socket(): Socket {
  const made: Socket = { onopen: null, onmessage: null, onclose: null, send: (text) => end.hear(String(text)), close: () => gone() };
  const gone = () => {
    end.gone();
    queueMicrotask(() => made.onclose?.call(made as WebSocket, {} as CloseEvent));
  };
  const end = clinic.relay.connect({ send: (data) => made.onmessage?.call(made as WebSocket, { data } as MessageEvent), close: gone });
  setTimeout(() => (clinic.relay.cut ? gone() : made.onopen?.call(made as WebSocket, {} as Event)));
  return made;
}

function join(): Guest {
  const [, door = '', fragment = ''] = /\/j\/(.+)#(.+)/.exec(clinic.link) ?? [];
  return mine(Guest.join({ by: 'link', arrival: { door, fragment } }, 'Lucía', 'es', keep, socket));
}

function mine(guest: Guest): Guest {
  guests.push(guest);
  return guest;
}

function reloaded(): Guest {
  const kept = keep.session();
  if (kept === undefined) throw new Error('nothing was kept');
  return mine(Guest.resume(kept, keep, socket));
}

async function until(guest: Guest, is: (talk: Talk) => boolean): Promise<Talk> {
  await vi.waitFor(() => expect(is(guest.talk()), JSON.stringify(guest.talk())).toBe(true), { timeout: 8_000, interval: 5 });
  return guest.talk();
}

async function admitted(): Promise<Guest> {
  const guest = join();
  await until(guest, ({ pictures }) => pictures.length === 4);
  await clinic.admit();
  await until(guest, ({ caughtUp }) => caughtUp);
  return guest;
}

const texts = (talk: Talk) => talk.messages.map(({ text }) => text);

describe('coming in', () => {
  test('by a link: both see the same four pictures, then the doctor lets the patient in', async () => {
    const guest = join();
    const { pictures, doctor } = await until(guest, (talk) => talk.phase === 'waiting' && talk.pictures.length === 4);
    await clinic.until(() => clinic.pictures.length === 4);
    expect(clinic.pictures).toEqual(pictures);
    expect(doctor).toBe('Dr Amara Osei');
    await clinic.admit();
    await until(guest, ({ phase, people }) => phase === 'in' && people.length === 2);
    expect(keep.session()?.psk.id).toBe('resume');
  });

  test('a second number after the first was answered changes no picture: it could have been sought', async () => {
    const guest = join();
    const { pictures } = await until(guest, (talk) => talk.pictures.length === 4);
    await clinic.until(() => clinic.pictures.length === 4);
    await clinic.tell({ t: 'welcome', nonce: toBase64url(draw(32)), clinic: 'Second Clinic', doctor: 'Dr No', admitted: false });
    expect((await until(guest, (talk) => talk.clinic === 'Second Clinic')).pictures).toEqual(pictures);
    expect(clinic.said.filter(({ t }) => t === 'reveal')).toHaveLength(1);
  });

  test('by a spoken code', async () => {
    const guest = mine(Guest.join({ by: 'code', digits: '4711 123456' }, 'Lucía', 'es', keep, socket));
    await until(guest, ({ phase, pictures }) => phase === 'waiting' && pictures.length === 4);
    expect(clinic.hellos[0]?.name).toBe('Lucía');
  });

  test.each([
    ['a wrong digit', '4711123457', 'wrongCode'],
    ['a code that nobody made', '0000123456', 'codeClosed'],
  ])('%s is told', async (_, digits, why) => {
    const guest = mine(Guest.join({ by: 'code', digits }, 'Lucía', 'es', keep, socket));
    expect((await until(guest, ({ phase }) => phase === 'over')).over).toBe(why);
  });

  test('a door whose key is not the one in the link is left before anything is sent', async () => {
    const stranger = await FakeClinic.open();
    const [door, greeting] = [...stranger.relay.doors][0] ?? [];
    clinic.relay.doors.set(door ?? '', greeting ?? new Uint8Array());
    const guest = join();
    expect((await until(guest, ({ phase }) => phase === 'over')).over).toBe('notDoctor');
    expect(clinic.relay.streams.size).toBe(0);
  });

  test('a link that was used elsewhere says so', async () => {
    clinic.relay.doors.clear();
    expect((await until(join(), ({ phase }) => phase === 'over')).over).toBe('closed');
  });

  test('the address bar forgets the link at once, and the same link in the same tab comes back to the same talk', async () => {
    window.history.replaceState(null, '', clinic.link);
    expect(takeArrival(keep)?.door).toBe('Consult-room-7');
    expect(window.location).toEqual({ pathname: '/', hash: '' });
    await admitted();
    window.history.replaceState(null, '', clinic.link);
    expect(takeArrival(keep)).toBeUndefined();
    expect(keep.session()).toBeDefined();
  });
});

describe('nothing lost, nothing twice, order kept', () => {
  test('a message is shown at once and delivered when the record has it', async () => {
    const guest = await admitted();
    guest.say('Me duele aquí');
    const [outgoing] = guest.talk().outbox;
    expect(outgoing && delivery(guest.talk(), outgoing)).toBe('sending');
    const talk = await until(guest, ({ outbox }) => outbox.length === 0);
    expect(texts(talk)).toEqual(['Me duele aquí']);
  });

  test('what is written without network waits, and arrives once and in order', async () => {
    const guest = await admitted();
    clinic.relay.cut = true;
    clinic.relay.drop();
    await until(guest, ({ line }) => line === 'offline');
    for (const text of ['uno', 'dos', 'tres']) guest.say(text);
    expect(guest.talk().outbox.map((one) => delivery(guest.talk(), one))).toEqual(['waiting', 'waiting', 'waiting']);
    clinic.relay.cut = false;
    window.dispatchEvent(new Event('online'));
    const talk = await until(guest, ({ outbox }) => outbox.length === 0);
    expect(texts(talk)).toEqual(['uno', 'dos', 'tres']);
    expect(clinic.messages.map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
  });

  test('an acknowledgement that was lost makes no second message', async () => {
    const guest = await admitted();
    clinic.relay.swallow = true;
    guest.say('una vez');
    await until(guest, ({ line }) => line === 'offline');
    clinic.relay.swallow = false;
    const talk = await until(guest, ({ outbox, line }) => line === 'open' && outbox.length === 0);
    expect(texts(talk)).toEqual(['una vez']);
    expect(clinic.messages).toHaveLength(1);
  });

  test('entries that come twice change nothing', async () => {
    const guest = await admitted();
    clinic.relay.copies = 3;
    for (const text of ['one', 'two', 'three']) await clinic.say(text);
    const talk = await until(guest, ({ messages }) => messages.length === 3);
    expect(texts(talk)).toEqual(['one', 'two', 'three']);
  });

  test('an entry that jumps ahead is not taken: the page reads again from where it was', async () => {
    const guest = await admitted();
    const { stream } = clinic;
    const watchers = [...(stream?.watchers ?? [])];
    stream?.watchers.clear();
    await clinic.say('lost on the way');
    for (const watcher of watchers) stream?.watchers.add(watcher);
    await clinic.say('after the gap');
    const talk = await until(guest, ({ messages }) => messages.length === 2);
    expect(texts(talk)).toEqual(['lost on the way', 'after the gap']);
  });

  test('a reload says the unsent again under its own id, and reads everything', async () => {
    const first = await admitted();
    await clinic.say('before');
    await until(first, ({ messages }) => messages.length === 1);
    clinic.relay.cut = true;
    clinic.relay.drop();
    first.say('sin red');
    guests.length = 0;
    clinic.relay.cut = false;
    const guest = reloaded();
    const talk = await until(guest, ({ messages, outbox }) => messages.length === 2 && outbox.length === 0);
    expect(texts(talk)).toEqual(['before', 'sin red']);
    expect(clinic.messages).toHaveLength(2);
    // The page that was replaced notices and stops.
    expect((await until(first, ({ phase }) => phase === 'over')).over).toBe('elsewhere');
  });

  test("what is written while the doctor's computer is away is on the relay's disk, even after a reload, and read in order", async () => {
    await admitted();
    guests.pop()?.stop();
    clinic.asleep = true;
    clinic.relay.presence(false);
    const guest = reloaded();
    await until(guest, ({ line, phase }) => line === 'open' && phase === 'in');
    guest.say('uno');
    guest.say('dos');
    const talk = await until(guest, ({ outbox }) => outbox.length === 2 && outbox.every(({ stored }) => stored));
    expect(talk.outbox.map((one) => delivery(talk, one))).toEqual(['held', 'held']);
    clinic.awake();
    expect(texts(await until(guest, ({ outbox }) => outbox.length === 0))).toEqual(['uno', 'dos']);
    expect(clinic.said.filter(({ t }) => t === 'say')).toHaveLength(2);
  });

  test('a workstation that lost its keys asks for a new hello and gets it', async () => {
    const guest = await admitted();
    clinic.restart();
    await clinic.until(() => clinic.hellos.length === 2);
    guest.say('todavía aquí');
    expect(texts(await until(guest, ({ outbox, messages }) => outbox.length === 0 && messages.length === 1))).toEqual(['todavía aquí']);
  });

  test('a translation that was not there yet is asked for again after a connection', async () => {
    const guest = await admitted();
    clinic.translate = () => null;
    await clinic.say('first');
    await until(guest, ({ messages }) => messages.length === 1);
    clinic.relay.drop();
    await clinic.until(() => clinic.hellos.length === 2);
    expect(clinic.hellos[1]?.have).toBe(0);
  });

  test('a full disk and too many at once are waited out under the same key', async () => {
    const guest = await admitted();
    clinic.relay.refusing = 'storage';
    guest.say('espera');
    await until(guest, ({ full }) => full);
    expect(guest.talk().outbox.map((one) => delivery(guest.talk(), one))).toEqual(['sending']);
    clinic.relay.refusing = undefined;
    expect(texts(await until(guest, ({ outbox }) => outbox.length === 0))).toEqual(['espera']);
  });
});

describe('voice notes', () => {
  test('are sealed on the phone and opened by the other side', async () => {
    const guest = await admitted();
    const wav = new Uint8Array(4000).fill(7);
    await guest.voice(wav, 1200);
    const talk = await until(guest, ({ outbox, messages }) => outbox.length === 0 && messages.length === 1);
    const sound = talk.messages[0]?.sound;
    expect(sound?.ms).toBe(1200);
    expect(Buffer.from([...clinic.relay.blobs.values()][0] ?? []).includes(Buffer.alloc(64, 7))).toBe(false);
    expect(sound && (await guest.sounds.open(sound))).toEqual(wav);
  });

  test('a recording that a reload lost is told, not sent', async () => {
    const first = await admitted();
    clinic.relay.cut = true;
    clinic.relay.drop();
    await until(first, ({ line }) => line === 'offline');
    await first.voice(new Uint8Array(400), 100);
    guests.length = 0;
    clinic.relay.cut = false;
    const guest = reloaded();
    await until(guest, ({ outbox }) => outbox[0]?.refused === 'lostSound');
    expect(clinic.messages).toHaveLength(0);
  });
});

describe('a report that is handed over', () => {
  const pdf = new Uint8Array(3000).fill(9);
  const has = () => clinic.said.filter(({ t }) => t === 'has');

  test('is fetched at once, opens, and the doctor is told that it is here', async () => {
    const guest = await admitted();
    const { id } = await clinic.handOver(pdf);
    const talk = await until(guest, ({ files }) => files[id] === 'here');
    const enclosure = talk.messages[0]?.enclosure;
    expect(enclosure && (await guest.files.open(enclosure))).toEqual(pdf);
    await clinic.until(() => has().length === 1);
    // It came and comes again: one message, one file, and the word that it is here once for each hello.
    clinic.relay.copies = 2;
    clinic.relay.drop();
    await clinic.until(() => clinic.hellos.length === 2 && has().length === 2);
    expect(clinic.hellos[1]?.have).toBe(1);
    expect(guest.talk().messages).toHaveLength(1);
    expect(has()).toEqual([{ t: 'has', id }, { t: 'has', id }]);
  });

  test('waits for the network, and is here again after a reload', async () => {
    const first = await admitted();
    const asked: string[] = [];
    let down = true;
    vi.stubGlobal('fetch', (path: string, how: RequestInit) => (asked.push(path), down ? Promise.reject(new TypeError('no network')) : request(path, how)));
    vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 200 });
    const { id } = await clinic.handOver(pdf);
    await until(first, ({ files }) => files[id] === 'fetching');
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    down = false;
    await vi.advanceTimersByTimeAsync(6_000);
    await until(first, ({ files }) => files[id] === 'here');
    vi.useRealTimers();
    guests.length = 0;
    const guest = reloaded();
    const talk = await until(guest, ({ files }) => files[id] === 'here');
    expect(talk.messages).toHaveLength(1);
  });

  test.each([
    ['that the relay no longer has', true, undefined], ['that does not open', false, (sealed: Uint8Array) => sealed.fill(0, 0, 16)],
  ])('%s is told, and not told to be here', async (_, lost, spoil) => {
    const guest = await admitted();
    // Spoilt on the way: the bytes are not those of the name.
    if (spoil) vi.stubGlobal('fetch', async (path: string, how: RequestInit) => new Response(spoil(new Uint8Array(await (await request(path, how)).arrayBuffer())) as BlobPart));
    const { id } = await clinic.handOver(pdf, lost);
    await until(guest, ({ files }) => files[id] === 'lost');
    expect(has()).toEqual([]);
  });

  test('can be kept after the end, until the page is erased', async () => {
    const guest = await admitted();
    const { id } = await clinic.handOver(pdf);
    const enclosure = (await until(guest, ({ files }) => files[id] === 'here')).messages[0]?.enclosure;
    await clinic.tell({ t: 'ended' });
    await until(guest, ({ phase }) => phase === 'over');
    expect(enclosure && (await guest.files.open(enclosure))).toEqual(pdf);
    await guest.erase();
    expect(guest.talk().files).toEqual({});
    await expect(enclosure && guest.files.open(enclosure)).rejects.toThrow('not here');
  });
});

describe('the end', () => {
  test.each([
    [{ t: 'ended' }, 'ended'], [{ t: 'removed' }, 'removed'], [{ t: 'declined' }, 'declined'],
  ] as const)('%o is told, and keys and unsent words are gone from the phone', async (content, why) => {
    const guest = await admitted();
    await clinic.say('Goodbye');
    await until(guest, ({ messages }) => messages.length === 1);
    await clinic.tell(content);
    const talk = await until(guest, ({ phase }) => phase === 'over');
    expect(talk.over).toBe(why);
    expect(talk.messages).toHaveLength(1);
    expect((window as unknown as { stored: Map<string, string> }).stored.size).toBe(0);
    await guest.erase();
    expect(guest.talk().messages).toHaveLength(0);
  });

  test('a token that ended, and a stream that expired, are told', async () => {
    const guest = await admitted();
    if (clinic.stream) clinic.relay.close(clinic.stream, 'expired');
    expect((await until(guest, ({ phase }) => phase === 'over')).over).toBe('expired');
  });

  test('leaving tells the doctor first', async () => {
    const guest = await admitted();
    await guest.leave();
    expect(guest.talk().over).toBe('left');
    await clinic.until(() => clinic.said.some(({ t }) => t === 'leave'));
  });
});

test('another language holds for new messages, and an older one is translated on request', async () => {
  const guest = await admitted();
  await clinic.say('Where does it hurt?');
  const [older] = (await until(guest, ({ messages }) => messages.length === 1)).messages;
  expect(older?.translation?.text).toBe('es: Where does it hurt?');
  guest.choose('te');
  await clinic.until(() => clinic.said.some(({ t }) => t === 'language'));
  await clinic.say('Since when?');
  const talk = await until(guest, ({ messages }) => messages.length === 2);
  expect(talk.messages.map(({ translation }) => translation?.language)).toEqual(['es', 'te']);
  guest.translate(older?.id ?? '');
  expect(guest.talk().asked).toEqual([older?.id]);
  expect((await until(guest, ({ asked }) => asked.length === 0)).messages[0]?.translation?.language).toBe('te');
});
