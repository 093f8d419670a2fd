// The four pictures by which patient and doctor know that nobody stands between them (docs/consultation.md, "Short
// authentication string"): the number is bound by its hash before the other's is seen.
import { type Channel, commitment, draw, EMOJI_NAMES, sas } from '../../seal';
import { type Base64, type Bytes, fromBase64, toBase64 } from '../wire/bytes';

export class Compare {
  private constructor(private readonly number: Bytes, readonly commit: Base64) {}

  static async begin(): Promise<Compare> {
    const number = draw(32);
    return new Compare(number, toBase64(await commitment(number)));
  }

  /** The host's number came: the pictures to show, by their names, and the number to reveal. */
  async answer(hostNumber: Base64, channel: Channel): Promise<{ pictures: string[]; reveal: Base64 }> {
    const places = await sas(channel.sasSecret, this.number, fromBase64(hostNumber));
    return { pictures: places.map((place) => EMOJI_NAMES[place] ?? ''), reveal: toBase64(this.number) };
  }
}
