// @vitest-environment node
// A line that comes back by itself: soon at first, later more patiently, at once when the network does; and not when it was told to go.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { Line, liveAddress, type LineNews, type Socket } from './line';

let sockets: (Socket & { sent: string[]; closed: boolean })[];
let news: LineNews[];
let line: Line;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  sockets = [];
  news = [];
  line = new Line('token', (told) => news.push(told), () => {
    const socket = { sent: [] as string[], closed: false, onopen: null, onmessage: null, onclose: null, send: (text: unknown) => void socket.sent.push(String(text)), close: () => void (socket.closed = true) };
    sockets.push(socket);
    return socket;
  });
  line.start();
});

afterEach(() => {
  line.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const last = () => sockets.at(-1)!;
const hears = (frame: object) => last().onmessage?.call(null as never, { data: JSON.stringify(frame) } as MessageEvent);
const breaks = (code = 1006) => last().onclose?.call(null as never, { code } as CloseEvent);
const welcome = { t: 'welcome', v: 1, role: 'guest', lasts_s: 7200, stream: null };

test('says hello first, and takes nothing before the welcome', () => {
  last().onopen?.call(null as never, {} as Event);
  expect(JSON.parse(last().sent[0] ?? '')).toEqual({ t: 'hello', v: 1, token: 'token' });
  expect(line.send({ t: 'renew', token: 'token' })).toBe(false);
  hears(welcome);
  expect(news).toEqual([{ is: 'up' }]);
  expect(line.send({ t: 'renew', token: 'token' })).toBe(true);
});

test('tries again after half a second, then twice as long, at most 15 s', () => {
  for (const wait of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
    const tries = sockets.length;
    breaks();
    vi.advanceTimersByTime(wait - 1);
    expect(sockets).toHaveLength(tries);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(tries + 1);
  }
});

test('a connection that lasted makes the next wait short again', () => {
  for (const wait of [500, 1000, 2000]) {
    breaks();
    vi.advanceTimersByTime(wait);
  }
  hears(welcome);
  vi.advanceTimersByTime(6_000);
  const tries = sockets.length;
  breaks();
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(tries + 1);
});

test('the network that is back, and somebody who looks again, are not kept waiting', () => {
  breaks();
  window.dispatchEvent(new Event('online'));
  expect(sockets).toHaveLength(2);
  window.dispatchEvent(new Event('offline'));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(sockets).toHaveLength(3);
});

test('silence is asked for a sign of life, and a dead line is given up', () => {
  hears(welcome);
  vi.advanceTimersByTime(20_000);
  expect(JSON.parse(last().sent.at(-1) ?? '')).toEqual({ t: 'renew', token: 'token' });
  hears({ t: 'renewed', lasts_s: 7200 });
  expect(news).toHaveLength(1);
  vi.advanceTimersByTime(30_000);
  expect(news.at(-1)).toEqual({ is: 'down' });
  expect(sockets[0]?.closed).toBe(true);
});

describe('a relay that will not have it', () => {
  test.each([['a frame', () => hears({ t: 'refused', why: 'token', stream: null, key: null, door: null, retry_ms: null })], ['a close code', () => breaks(4001)]])('by %s is not asked again', (_, refuse) => {
    refuse();
    expect(news).toEqual([{ is: 'turned away', why: 'token' }]);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });
});

test('what is no frame changes nothing', () => {
  hears(welcome);
  for (const data of ['', '{', '[]', 'null', '{"x":1}', new ArrayBuffer(4)]) last().onmessage?.call(null as never, { data } as MessageEvent);
  expect(news).toHaveLength(1);
});

test('the socket stands beside the page', () => {
  expect(liveAddress({ protocol: 'https:', host: 'relay.example:8443' })).toBe('wss://relay.example:8443/v1/live');
});
