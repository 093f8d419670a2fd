import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import type { Language } from '../../ui/src/patient/wire/content';
import type { FakeClinic } from './support/clinic';
import { inside, phone, type Phone, seen, type Shape, withPhones } from './support/phone';

withPhones();

const WORDS = JSON.parse(readFileSync(new URL('../../assets/i18n/es/patient.json', import.meta.url), 'utf8')) as { over: { ended: { title: string } } };

/** What the doctor says, and the same in the patient's language, with who stands behind it. */
const TABLE: Record<string, Partial<Record<Language, string>>> = {
  'Where does it hurt?': { es: '¿Dónde le duele?', ar: 'أين تشعر بالألم؟', te: 'మీకు ఎక్కడ నొప్పిగా ఉంది?', de: 'Wo haben Sie Schmerzen?' },
  'Do not take ibuprofen. Take one tablet of paracetamol (500 mg) every six hours.': {
    es: 'No tome ibuprofeno. Tome un comprimido de paracetamol (500 mg) cada seis horas.', ar: 'لا تتناول الإيبوبروفين. تناول قرصًا واحدًا من الباراسيتامول (500 mg) كل ست ساعات.',
    te: 'ఇబుప్రోఫెన్ తీసుకోవద్దు. ప్రతి ఆరు గంటలకు ఒక పారాసిటమాల్ (500 mg) మాత్ర తీసుకోండి.', de: 'Nehmen Sie kein Ibuprofen. Nehmen Sie alle sechs Stunden eine Tablette Paracetamol (500 mg).',
  },
  'Take a deep breath.': { es: 'Respire hondo.', ar: 'خذ نفسًا عميقًا.', te: 'గట్టిగా ఊపిరి తీసుకోండి.', de: 'Atmen Sie tief ein.' },
};

function teach(clinic: FakeClinic): void {
  const standing = { 'Where does it hurt?': 'verified_phrase', 'Take a deep breath.': 'unreviewed_phrase' } as const;
  clinic.translate = (text, into) => {
    const found = TABLE[text]?.[into];
    return found === undefined ? { text: '', provenance: 'not_translated' } : { text: found, provenance: standing[text as keyof typeof standing] ?? 'machine' };
  };
}

async function talking(own: string, shape?: Shape, name?: string): Promise<Phone> {
  const at = await phone((clinic) => clinic.link, shape);
  teach(at.clinic);
  await inside(at, own, name);
  return at;
}

const words = (at: Phone) => at.page.getByRole('log').innerText();
const send = async (at: Phone, text: string) => {
  await at.page.getByRole('textbox').fill(text);
  await at.page.locator('button[type=submit]').click();
};

test.each<[string, string, string, string, Shape]>([
  ['es-light', 'Español', 'Lucía Hernández', 'Me duele el pecho desde ayer', {}],
  ['ar-dark', 'العربية', 'نور الحسن', 'أشعر بألم في صدري منذ البارحة', { locale: 'ar', dark: true }],
  ['te-contrast', 'తెలుగు', 'లక్ష్మి', 'నిన్నటి నుండి ఛాతీ నొప్పి', { locale: 'te', look: { contrast: true } }],
  ['de-large', 'Deutsch', 'Anne', 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle', { locale: 'de', look: { large: true } }],
  ['ar-contrast-dark', 'العربية', 'نور', 'نعم', { locale: 'ar', dark: true, look: { contrast: true } }],
])('a conversation: %s', async (name, own, called, answer, shape) => {
  const at = await talking(own, shape, called);
  await at.clinic.say('Where does it hurt?');
  await send(at, answer);
  await at.clinic.until(() => at.clinic.messages.length === 2);
  await at.clinic.say('Take a deep breath.');
  await at.clinic.say('Do not take ibuprofen. Take one tablet of paracetamol (500 mg) every six hours.');
  await at.clinic.say('A note that nobody translated');
  await at.page.getByText('A note that nobody translated').waitFor();
  await seen(at, `talk-${name}`);
  const bubble = at.page.locator('li').filter({ hasText: 'Where does it hurt?' });
  expect(await bubble.locator('span[lang=en]').getAttribute('dir')).toBe('ltr');
  for (const [way, sheet] of [[2, 'more'], [0, 'phrases'], [1, 'voice']] as const) {
    await at.page.locator('footer button[aria-haspopup=dialog]').nth(way).click();
    await at.page.locator('dialog h2').first().waitFor();
    if (sheet === 'phrases') await at.page.locator('dialog li button').first().waitFor();
    await seen(at, `${sheet}-${name}`);
    await at.page.keyboard.press('Escape');
    await at.page.locator('dialog').waitFor({ state: 'detached' });
  }
  await at.page.context().close();
});

test('the translation is large and a tap swaps it with the original; a chip says who stands behind it', async () => {
  const at = await talking('Español');
  await at.clinic.say('Where does it hurt?');
  const bubble = at.page.locator('li').filter({ hasText: 'Where does it hurt?' });
  const first = bubble.locator('button span').first();
  expect(await first.innerText()).toBe('¿Dónde le duele?');
  await first.click();
  expect(await first.innerText()).toBe('Where does it hurt?');
  const chip = bubble.locator('button[aria-expanded]');
  expect(await chip.getAttribute('aria-expanded')).toBe('false');
  await chip.click();
  expect(await chip.getAttribute('aria-expanded')).toBe('true');
  await seen(at, 'talk-explained');
});

test('a translation that the doctor looks at first: the original and the reason, then the words', async () => {
  const at = await talking('Español');
  const SAID = 'Take 50 mg twice a day, and not with alcohol.';
  at.clinic.translate = () => ({ text: '', provenance: 'machine', held: true });
  const { id } = await at.clinic.say(SAID);
  const bubble = at.page.locator('li').filter({ hasText: SAID });
  const chip = bubble.getByRole('button', { name: 'Se está comprobando' });
  await chip.click();
  await bubble.getByText('El médico lo comprueba primero', { exact: false }).waitFor();
  await seen(at, 'talk-held');
  await at.clinic.tell({ t: 'translation', id, translation: { language: 'es', text: 'Tome 50 mg dos veces al día, sin alcohol.', provenance: 'machine' } });
  await bubble.getByText('sin alcohol', { exact: false }).waitFor();
  expect(await chip.count()).toBe(0);
  await bubble.getByRole('button', { name: 'Traducción automática' }).waitFor();
});

test('what is written without network is shown at once, waits honestly, survives a reload and arrives once', async () => {
  const at = await talking('English');
  await send(at, 'before');
  await at.page.getByText('Delivered').waitFor();
  at.clinic.relay.cut = true;
  at.clinic.relay.drop();
  await at.page.getByText('What you write is kept here').waitFor();
  await send(at, 'written in the lift');
  await at.page.getByRole('log').getByText('Waiting for network').waitFor();
  await seen(at, 'talk-offline');
  await at.page.reload();
  await at.page.getByText('Waiting for network').first().waitFor();
  at.clinic.relay.cut = false;
  await at.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await at.page.getByText('Delivered').nth(1).waitFor();
  expect(at.clinic.messages.map(({ text }) => text)).toEqual(['before', 'written in the lift']);
  expect(await words(at)).toContain('before');
});

test("while the doctor's computer is away, and while the server's disk is full, the page says so", async () => {
  const at = await talking('English');
  at.clinic.relay.presence(false);
  await at.page.getByText("The doctor's computer is not connected").waitFor();
  at.clinic.relay.refusing = 'storage';
  at.clinic.relay.presence(true);
  await send(at, 'are you there?');
  await at.page.getByText('The server cannot take messages at the moment.').waitFor();
  await seen(at, 'talk-full');
  at.clinic.relay.refusing = undefined;
  await at.page.getByText('Delivered').waitFor();
});

test('a phrase with blanks: filled by tapping, read by the doctor in his language, sent with its key', async () => {
  const at = await talking('Español');
  await at.page.getByRole('button', { name: 'Frases' }).click();
  await at.page.locator('dialog input[type=search]').fill('dolor');
  await at.page.locator('dialog li button').first().waitFor();
  await seen(at, 'phrases-found');
  await at.page.locator('dialog input[type=search]').fill('');
  // The first phrase of any topic that has a blank to choose from.
  const topics = await at.page.locator('dialog ul button').count();
  for (let topic = 0; topic < topics; topic += 1) {
    await at.page.locator('dialog ul button').nth(topic).click();
    const blank = at.page.locator('dialog li button', { hasText: '___' }).first();
    if ((await blank.count()) > 0) {
      await blank.click();
      break;
    }
    await at.page.locator('dialog button').first().click();
  }
  const go = at.page.locator('dialog button').last();
  expect(await go.isDisabled()).toBe(true);
  for (const slot of await at.page.locator('dialog fieldset').all()) await slot.locator('button').first().click();
  for (const number of await at.page.locator('dialog input').all()) await number.fill('3');
  await seen(at, 'phrase-filled');
  await go.click();
  await at.clinic.until(() => at.clinic.messages.length === 1);
  const said = at.clinic.said.find(({ t }) => t === 'say');
  expect(said?.t === 'say' && said.phrase?.phrase).toMatch(/^[a-z]+-/);
  expect(said?.t === 'say' && said.text).not.toContain('__');
});

test('a voice note: recorded as 16 kHz WAV, sealed, sent, played', async () => {
  const at = await talking('English');
  await at.page.getByRole('button', { name: 'Voice note' }).click();
  await at.page.getByRole('button', { name: 'Start recording' }).click();
  await at.page.getByRole('timer').filter({ hasText: '0:02' }).waitFor();
  await seen(at, 'voice-recording');
  await at.page.getByRole('button', { name: 'Pause' }).click();
  await at.page.getByText('Paused').waitFor();
  await at.page.getByRole('button', { name: 'Go on' }).click();
  await at.page.getByRole('button', { name: 'Send' }).last().click();
  await at.page.getByText('Delivered').waitFor();
  const [message] = at.clinic.messages;
  expect(message?.sound?.ms).toBeGreaterThan(1500);
  expect(at.clinic.relay.blobs.size).toBe(1);
  await at.page.getByRole('button', { name: 'Play voice note' }).click();
  await at.page.getByRole('button', { name: 'Pause voice note' }).waitFor();
  await seen(at, 'voice-sent');
});

test('a refused microphone is explained', async () => {
  const at = await talking('English', { deaf: true });
  await at.page.getByRole('button', { name: 'Voice note' }).click();
  await at.page.getByRole('button', { name: 'Start recording' }).click();
  await at.page.getByText('The microphone is not allowed.').waitFor();
  await seen(at, 'voice-refused');
});

test('another language at any time; an older message is translated on request', async () => {
  const at = await talking('Español');
  await at.clinic.say('Where does it hurt?');
  await at.page.getByText('¿Dónde le duele?').waitFor();
  await at.page.locator('footer button[aria-haspopup=dialog]').nth(2).click();
  await at.page.locator('dialog button').nth(1).click();
  await at.page.getByRole('dialog').getByRole('button', { name: 'العربية' }).click();
  await at.page.locator('html[dir=rtl]').waitFor();
  await seen(at, 'talk-changed-language');
  await at.page.locator('li').filter({ hasText: 'Where does it hurt?' }).getByRole('button').last().click();
  await at.page.getByText('أين تشعر بالألم؟').waitFor();
});

test('after the end: both languages saved in one file, then nothing is left on the phone', async () => {
  const at = await talking('Español');
  await at.clinic.say('Where does it hurt?');
  await send(at, 'Aquí <b>& allí');
  await at.clinic.until(() => at.clinic.messages.length === 2);
  await at.clinic.tell({ t: 'ended' });
  const save = at.page.getByRole('button').first();
  await at.page.getByRole('heading', { name: WORDS.over.ended.title }).waitFor();
  await seen(at, 'over-ended');
  expect(await at.page.evaluate(() => Object.keys(sessionStorage).filter((key) => key !== 'medibridge.look'))).toEqual([]);
  const [download] = await Promise.all([at.page.waitForEvent('download'), save.click()]);
  const file = readFileSync(await download.path(), 'utf8');
  for (const part of ['Where does it hurt?', '¿Dónde le duele?', 'Aquí &lt;b&gt;&amp; allí', 'Hillside Clinic', 'lang="en"']) expect(file).toContain(part);
  expect(file).not.toMatch(/https?:|<script/);
  await at.page.getByRole('button').last().click();
  await at.page.getByRole('heading').waitFor();
  await seen(at, 'over-erased');
  expect(await at.page.content()).not.toContain('duele');
  expect(await at.page.evaluate(() => [Object.keys(sessionStorage).length, Object.keys(localStorage).length])).toEqual([0, 0]);
});

test('removed, expired, and open in another window are each told', async () => {
  const removed = await talking('English');
  await removed.clinic.tell({ t: 'removed' });
  await removed.page.getByRole('heading', { name: 'You are no longer in this conversation' }).waitFor();
  await seen(removed, 'over-removed');
  const expired = await talking('English');
  if (expired.clinic.stream) expired.clinic.relay.close(expired.clinic.stream, 'expired');
  await expired.page.getByRole('heading', { name: 'This conversation is no longer open' }).waitFor();
  const first = await talking('English');
  const kept = await first.page.evaluate(() => ({ ...sessionStorage }) as Record<string, string>);
  const second = await phone('/', {}, first.clinic);
  await second.page.evaluate((all) => Object.entries(all).forEach(([key, value]) => sessionStorage.setItem(key, value)), kept);
  await second.page.reload();
  await second.page.getByRole('log').waitFor();
  await first.page.getByRole('heading', { name: 'The conversation went on in another window' }).waitFor();
  await seen(first, 'over-elsewhere');
});

test('leaving asks first and tells the doctor', async () => {
  const at = await talking('English');
  await at.page.getByRole('button', { name: 'More' }).click();
  await at.page.getByRole('button', { name: 'Leave the conversation' }).click();
  await at.page.getByRole('heading', { name: 'Leave the conversation?' }).waitFor();
  await seen(at, 'leave');
  await at.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await at.page.getByRole('heading', { name: 'You have left' }).waitFor();
  expect(at.clinic.said.some(({ t }) => t === 'leave')).toBe(true);
});
