// The requests beside the socket (crates/protocol/src/http.rs): doors and blobs. Each goes to the relay
// that served the page.
import { type Base64, type Bytes, fromBase64 } from './bytes';

/** A guest's own stream. */
export interface Knocked {
  stream: string;
  token: Base64;
  lasts_s: number;
}

/** Why a request gave nothing. */
export type Trouble = 'network' | 'gone' | 'too many' | 'too large' | 'spoilt' | 'not allowed' | 'failing';

export class RequestTrouble extends Error {
  constructor(readonly why: Trouble, /** Milliseconds to wait, where the relay said so. */ readonly retryMs?: number) {
    super(why);
  }

  /** Whether the same request may go well later. */
  get passes(): boolean {
    return this.why === 'network' || this.why === 'too many' || this.why === 'failing';
  }
}

/** The host's own bytes that hang on a door. */
export async function greeting(door: string): Promise<Bytes> {
  const answer = await request(`/v1/doors/${encodeURIComponent(door)}`, {});
  const { greeting: text } = (await answer.json()) as { greeting: Base64 };
  return fromBase64(text);
}

export async function knock(door: string): Promise<Knocked> {
  const answer = await request(`/v1/doors/${encodeURIComponent(door)}/knock`, { method: 'POST' });
  return (await answer.json()) as Knocked;
}

/** Stores sealed bytes under their hash; storing them again is harmless. */
export async function putBlob(stream: string, token: Base64, sha256: string, bytes: Bytes): Promise<void> {
  await request(blobPath(stream, sha256), { method: 'PUT', headers: bearer(token), body: bytes });
}

export async function getBlob(stream: string, token: Base64, sha256: string): Promise<Bytes> {
  const answer = await request(blobPath(stream, sha256), { headers: bearer(token) });
  return new Uint8Array(await answer.arrayBuffer());
}

const blobPath = (stream: string, sha256: string) => `/v1/streams/${stream}/blobs/${sha256}`;
const bearer = (token: Base64) => ({ Authorization: `Bearer ${token}` });

async function request(path: string, how: RequestInit): Promise<Response> {
  const answer = await fetch(path, { ...how, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(() => {
    throw new RequestTrouble('network');
  });
  if (answer.ok) return answer;
  const seconds = Number(answer.headers.get('Retry-After') ?? NaN);
  throw new RequestTrouble(meaning(answer.status), Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

function meaning(status: number): Trouble {
  if (status === 404 || status === 410) return 'gone';
  if (status === 429) return 'too many';
  if (status === 413) return 'too large';
  if (status === 422) return 'spoilt';
  if (status === 401 || status === 403) return 'not allowed';
  return 'failing';
}
