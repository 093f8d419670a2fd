// Voice notes on their way out and in: sealed on this phone, opened on this phone.
import { blobName, openBlob, sealBlob } from '../../seal';
import { type Bytes, fromBase64, toBase64, toHex } from '../wire/bytes';
import type { Sound } from '../wire/content';
import { getBlob, putBlob, RequestTrouble } from '../wire/http';
import type { Kept } from './keep';
import type { Shelf } from './shelf';

/** What became of an upload. */
export type Upload = 'there' | 'later' | 'tooLong' | 'badSound' | 'lostSound';

export class Sounds {
  /** Uploads that are running, and those that are done. */
  readonly #uploads = new Map<string, Promise<Upload>>();

  constructor(private readonly shelf: Shelf, private readonly way: () => Pick<Kept, 'stream' | 'token'>) {}

  /** Seals a recording and puts it on the shelf. */
  async seal(wav: Bytes, ms: number): Promise<Sound> {
    const { key, sealed } = await sealBlob(wav);
    const sha256 = toHex(await blobName(sealed));
    await this.shelf.put(sha256, sealed);
    return { sha256, key: toBase64(key), ms };
  }

  /** Brings a sealed recording to the relay, once. */
  upload({ sha256 }: Sound): Promise<Upload> {
    const running = this.#uploads.get(sha256);
    if (running !== undefined) return running;
    const upload = this.#put(sha256).then((outcome) => {
      if (outcome === 'later') this.#uploads.delete(sha256);
      return outcome;
    });
    this.#uploads.set(sha256, upload);
    return upload;
  }

  async #put(sha256: string): Promise<Upload> {
    const sealed = await this.shelf.get(sha256);
    if (sealed === undefined) return 'lostSound';
    const { stream, token } = this.way();
    try {
      await putBlob(stream, token, sha256, sealed);
      return 'there';
    } catch (error) {
      if (!(error instanceof RequestTrouble) || error.passes) return 'later';
      return error.why === 'too large' ? 'tooLong' : 'badSound';
    }
  }

  /** The WAV, from the shelf or the relay. Rejects where it is neither, or not what was sealed. */
  async open({ sha256, key }: Sound): Promise<Bytes> {
    const { stream, token } = this.way();
    const sealed = (await this.shelf.get(sha256)) ?? (await getBlob(stream, token, sha256));
    return openBlob(fromBase64(key), sealed);
  }

  /** The record has it: this phone need not keep it. */
  delivered({ sha256 }: Sound): void {
    void this.shelf.remove(sha256);
  }

  forget(): void {
    this.#uploads.clear();
  }
}
