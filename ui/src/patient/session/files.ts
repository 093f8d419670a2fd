// Files that were handed over: fetched as soon as they are named, kept sealed on this phone until the end, opened when
// the person keeps them.
import { blobName, openBlob } from '../../seal';
import { type Bytes, fromBase64, toHex } from '../wire/bytes';
import type { Enclosure } from '../wire/content';
import { getBlob, RequestTrouble } from '../wire/http';
import type { Kept } from './keep';
import type { Shelf } from './shelf';

/** What became of fetching one. */
export type Fetched = 'here' | 'later' | 'lost';

export class Files {
  constructor(private readonly shelf: Shelf, private readonly way: () => Pick<Kept, 'stream' | 'token'>) {}

  /** Brings it onto this phone, unless it is here already. */
  async fetch({ sha256, key }: Enclosure): Promise<Fetched> {
    try {
      const held = await this.shelf.get(sha256);
      const { stream, token } = this.way();
      const sealed = held ?? (await getBlob(stream, token, sha256));
      if (toHex(await blobName(sealed)) !== sha256) return 'lost';
      // What does not open now never will.
      await openBlob(fromBase64(key), sealed);
      if (held === undefined) await this.shelf.put(sha256, sealed);
      return 'here';
    } catch (error) {
      return error instanceof RequestTrouble && error.passes ? 'later' : 'lost';
    }
  }

  /** The file itself, still locked with its own passphrase. Rejects where it is not here. */
  async open({ sha256, key }: Enclosure): Promise<Bytes> {
    const sealed = await this.shelf.get(sha256);
    if (sealed === undefined) throw new Error('not here');
    return openBlob(fromBase64(key), sealed);
  }
}
