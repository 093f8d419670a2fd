import { expect, test } from 'vitest';

import { inside, phone, type Phone, seen, type Shape, withPhones } from './support/phone';

withPhones();

const TRANSLATION = 'Tome un comprimido por la mañana. No tome dos.';

/** Three seconds of a tone: 16 kHz, one channel, 16 bit. */
function tone(): Uint8Array<ArrayBuffer> {
  const samples = 48_000;
  const wav = new DataView(new ArrayBuffer(44 + samples * 2));
  const word = (at: number, text: string) => [...text].forEach((letter, n) => wav.setUint8(at + n, letter.charCodeAt(0)));
  word(0, 'RIFF');
  wav.setUint32(4, 36 + samples * 2, true);
  word(8, 'WAVEfmt ');
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, 16_000, true);
  wav.setUint32(28, 32_000, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  word(36, 'data');
  wav.setUint32(40, samples * 2, true);
  for (let n = 0; n < samples; n += 1) wav.setInt16(44 + n * 2, 3000 * Math.sin((n / 16_000) * 440 * Math.PI), true);
  return new Uint8Array(wav.buffer);
}

async function talking(own: string, shape?: Shape): Promise<Phone> {
  const at = await phone((clinic) => clinic.link, shape);
  at.clinic.translate = (_, into) => ({ text: into === 'es' ? TRANSLATION : '', provenance: into === 'es' ? 'machine' : 'not_translated' });
  await inside(at, own);
  return at;
}

test.each<[string, string, Shape]>([
  ['es-light', 'Español', {}],
  ['ar-dark', 'العربية', { locale: 'ar', dark: true }],
  ['te-large', 'తెలుగు', { locale: 'te', look: { large: true } }],
])('what the doctor says aloud is heard at once, and read when it is written down: %s', async (name, own, shape) => {
  const at = await talking(own, shape);
  const note = await at.clinic.speak(tone(), 'waiting');
  await at.page.getByRole('log').getByRole('status').waitFor();
  await seen(at, `note-waiting-${name}`);
  await at.clinic.writeDown(note.id, 'Take one tablet in the morning. Do not take two.', 'machine');
  await at.page.getByText('Take one tablet in the morning.').waitFor();
  const silent = await at.clinic.speak(tone(), 'waiting');
  await at.clinic.writeDown(silent.id, '', 'no_speech');
  await seen(at, `note-written-${name}`);
  await at.page.context().close();
});

test('a chip says that a computer wrote it down, and that it can be wrong; the doctor corrects it', async () => {
  const at = await talking('Español');
  const note = await at.clinic.speak(tone(), 'waiting');
  await at.clinic.writeDown(note.id, 'Take nine tablets.', 'machine');
  const bubble = at.page.locator('li').filter({ hasText: 'Take nine tablets.' });
  await bubble.getByText(TRANSLATION).waitFor();
  await bubble.getByRole('button', { name: 'Escrito por una computadora' }).click();
  await at.page.getByText('Puede equivocarse.').waitFor();
  await seen(at, 'note-explained');
  await at.clinic.writeDown(note.id, 'Take one tablet.', 'corrected');
  await at.page.getByText('Take one tablet.').waitFor();
  await at.page.getByText('Revisado por el médico').waitFor();
  expect(await at.page.getByText('Take nine tablets.').count()).toBe(0);
  await seen(at, 'note-corrected');
});

test("words that came while the phone was away are there when it is back; one's own too", async () => {
  const at = await talking('English');
  at.clinic.writes = 'waiting';
  await at.page.getByRole('button', { name: 'Voice note' }).click();
  await at.page.getByRole('button', { name: 'Start recording' }).click();
  await at.page.getByRole('timer').filter({ hasText: '0:01' }).waitFor();
  await at.page.getByRole('button', { name: 'Send' }).last().click();
  await at.page.getByText('Being written down').waitFor();
  const [own] = at.clinic.messages;
  at.clinic.relay.cut = true;
  at.clinic.relay.drop();
  await at.page.getByText('Waiting for network').first().waitFor();
  await at.clinic.writeDown(own?.id ?? '', 'I take it in the morning.', 'machine');
  at.clinic.relay.cut = false;
  await at.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await at.page.getByText('I take it in the morning.').waitFor();
  await at.page.getByRole('button', { name: 'Written down by a computer' }).waitFor();
  // It is complete now: the clinic need not send it again.
  at.clinic.relay.drop();
  await at.clinic.until(() => at.clinic.hellos.at(-1)?.have === 1);
  await seen(at, 'note-own');
});
