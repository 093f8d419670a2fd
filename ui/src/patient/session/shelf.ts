// Recordings that wait for the network, and files that were handed over. They are sealed before they are put here and their keys live in the tab's
// sessionStorage alone, so what a closed tab leaves behind nobody can open.
import type { Bytes } from '../wire/bytes';

const NAME = 'medibridge';
const STORE = 'sealed';

/** Sealed sounds and files by their SHA-256. */
export class Shelf {
  readonly #memory = new Map<string, Bytes>();

  async put(sha256: string, sealed: Bytes): Promise<void> {
    this.#memory.set(sha256, sealed);
    await inStore('readwrite', (store) => store.put(sealed, sha256)).catch(() => undefined);
  }

  async get(sha256: string): Promise<Bytes | undefined> {
    const held = this.#memory.get(sha256);
    if (held !== undefined) return held;
    const found: unknown = await inStore('readonly', (store) => store.get(sha256)).catch(() => undefined);
    if (!(found instanceof Uint8Array)) return undefined;
    this.#memory.set(sha256, found as Bytes);
    return found as Bytes;
  }

  async remove(sha256: string): Promise<void> {
    this.#memory.delete(sha256);
    await inStore('readwrite', (store) => store.delete(sha256)).catch(() => undefined);
  }

  /** Everything, the leftovers of closed tabs too. */
  async wipe(): Promise<void> {
    this.#memory.clear();
    await this.wipeDisk();
  }

  /** The phone's disk holds nothing; what is in memory goes with the page. */
  async wipeDisk(): Promise<void> {
    await inStore('readwrite', (store) => store.clear()).catch(() => undefined);
  }
}

/** One transaction; rejects where the browser has no such store (some private windows). */
function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error ?? new Error('no store'));
    opening.onsuccess = () => {
      const base = opening.result;
      const transaction = base.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => {
        base.close();
        resolve(asked.result);
      };
      transaction.onabort = () => {
        base.close();
        reject(transaction.error ?? new Error('not stored'));
      };
    };
  });
}
