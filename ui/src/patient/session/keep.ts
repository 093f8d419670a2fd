// What survives a reload, and only that: in sessionStorage, which ends with the tab. Wiped when the conversation is over.
import type { PskId } from '../../seal';
import type { Language } from '../wire/content';
import type { Base64 } from '../wire/bytes';
import type { Outgoing } from './talk';

/** What opens the next hello. */
export interface KeptPsk {
  id: PskId;
  key: Base64;
}

/** Enough to come back to one's own stream. */
export interface Kept {
  door: string;
  stream: string;
  token: Base64;
  hostKey: Base64;
  psk: KeptPsk;
  /** Of the last hello that was said. */
  epoch: number;
  /** The last entry that was worked through. */
  cursor: number;
  name: string;
  language: Language;
  you?: string;
  /** Whom one talks with; shown before the clinic's computer answers again. */
  doctor?: string;
  clinic?: string;
  outbox: readonly Outgoing[];
}

/** Where somebody came from: a link's door and secret, before the knock. */
export interface Arrival {
  door: string;
  fragment: string;
}

const SESSION = 'medibridge.session';
const ARRIVAL = 'medibridge.arrival';

export interface Keeper {
  session(): Kept | undefined;
  /** Whether it could be kept. */
  keepSession(kept: Kept): boolean;
  arrival(): Arrival | undefined;
  keepArrival(arrival: Arrival): void;
  wipe(): void;
}

/** Over a tab's storage; a browser that refuses it is told by `keepSession`. */
export function keeper(storage: () => Storage = () => window.sessionStorage): Keeper {
  const read = <T>(name: string): T | undefined => {
    try {
      const text = storage().getItem(name);
      return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
      return undefined;
    }
  };
  const write = (name: string, value: unknown): boolean => {
    try {
      storage().setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  return {
    session: () => read<Kept>(SESSION),
    keepSession(kept) {
      // The link is of no use any more once there is a stream of one's own.
      remove(storage, ARRIVAL);
      return write(SESSION, kept);
    },
    arrival: () => read<Arrival>(ARRIVAL),
    keepArrival: (arrival) => void write(ARRIVAL, arrival),
    wipe() {
      remove(storage, SESSION);
      remove(storage, ARRIVAL);
    },
  };
}

function remove(storage: () => Storage, name: string): void {
  try {
    storage().removeItem(name);
  } catch {
    // A browser that refuses storage holds nothing either.
  }
}

/** Reads the link that opened the page and takes it out of the address bar and the history at once. */
export function takeArrival(keep: Keeper, { location, history } = window): Arrival | undefined {
  const door = /^\/j\/([\w-]{4,32})$/.exec(location.pathname)?.[1];
  if (door === undefined) return keep.arrival();
  const arrival = { door, fragment: location.hash.slice(1) };
  history.replaceState(null, '', '/');
  // The same link again comes back to the same conversation; another one leaves it.
  if (keep.session()?.door === door) return undefined;
  keep.wipe();
  keep.keepArrival(arrival);
  return arrival;
}
