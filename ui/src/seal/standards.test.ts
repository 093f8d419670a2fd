// @vitest-environment node
// The standards' own vectors: RFC 9180 for HPKE, the CPace draft for the spoken code.

import { expect, it } from 'vitest';

import { generator, meet, sessionKey, share } from './cpace';
import { SealError } from './error';
import { suite } from './hpke';
import { readVectors } from './vectors/file';
import { hex, toHex } from './vectors/vectors';

interface Rfc9180 {
  vector: Record<'info' | 'psk' | 'psk_id' | 'ikmE' | 'ikmR' | 'pkRm' | 'enc', string> & {
    encryptions: { at: number; pt: string; aad: string; ct: string }[];
    exports: { exporter_context: string; exported_value: string }[];
  };
}
type Cpace = Record<'PRS' | 'CI' | 'sid' | 'g' | 'ya' | 'ADa' | 'Ya' | 'yb' | 'ADb' | 'Yb' | 'K' | 'ISK_IR', string> & { invalid: string[] };

it('HPKE is that of RFC 9180', async () => {
  const { vector } = readVectors<Rfc9180>('rfc9180.json');
  const pair = await suite().kem.deriveKeyPair(hex(vector.ikmR).buffer);
  expect(toHex(new Uint8Array(await suite().kem.serializePublicKey(pair.publicKey)))).toBe(vector.pkRm);
  const psk = { key: hex(vector.psk).buffer, id: hex(vector.psk_id).buffer };
  const info = hex(vector.info);
  const sender = await suite().createSenderContext({ recipientPublicKey: pair.publicKey, info, psk, ekm: hex(vector.ikmE).buffer });
  expect(toHex(new Uint8Array(sender.enc))).toBe(vector.enc);
  const receiver = await suite().createRecipientContext({ recipientKey: pair.privateKey, enc: hex(vector.enc).buffer, info, psk });
  let at = 0;
  for (const encryption of vector.encryptions) {
    for (; at < encryption.at; at++) await receiver.open(await sender.seal(new Uint8Array()));
    const sealed = await sender.seal(hex(encryption.pt), hex(encryption.aad));
    expect(toHex(new Uint8Array(sealed))).toBe(encryption.ct);
    expect(toHex(new Uint8Array(await receiver.open(sealed, hex(encryption.aad))))).toBe(encryption.pt);
    at++;
  }
  for (const { exporter_context, exported_value } of vector.exports) {
    expect(toHex(new Uint8Array(await receiver.export(hex(exporter_context), 32)))).toBe(exported_value);
  }
});

it('the PAKE is that of the CPace draft', async () => {
  const vector = readVectors<Cpace>('cpace.json');
  const little = (text: string) => BigInt(`0x${text.match(/../g)!.reverse().join('')}`);
  const base = await generator(hex(vector.PRS), hex(vector.CI), hex(vector.sid));
  expect(toHex(base.toBytes())).toBe(vector.g);
  expect(toHex(share(base, little(vector.ya)))).toBe(vector.Ya);
  expect(toHex(share(base, little(vector.yb)))).toBe(vector.Yb);
  const met = await meet(hex(vector.Yb), little(vector.ya));
  expect(toHex(met)).toBe(vector.K);
  expect(await meet(hex(vector.Ya), little(vector.yb))).toEqual(met);
  const [guest, host] = [{ share: hex(vector.Ya), data: hex(vector.ADa) }, { share: hex(vector.Yb), data: hex(vector.ADb) }];
  expect(toHex(await sessionKey(hex(vector.sid), met, guest, host))).toBe(vector.ISK_IR);
});

it('what the draft calls invalid is refused', async () => {
  for (const point of readVectors<Cpace>('cpace.json').invalid) {
    await expect(meet(hex(point), 5n)).rejects.toEqual(new SealError('bad-key'));
  }
});
