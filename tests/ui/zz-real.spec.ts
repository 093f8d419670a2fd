import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
// eslint-disable-next-line
import { WebSocket } from '/work/main/ui/node_modules/undici/index.js';
import { toBase64url, fromBase64url } from '../../ui/src/seal';
import { FakeClinic } from './support/clinic';

const RELAY = '/root/t/relay/debug/medibridge-relay';
const b64 = (o: object) => Buffer.from(JSON.stringify(o)).toString('base64url');

test('the real relay', async () => {
  const data = mkdtempSync('/tmp/relay-');
  const server = spawn(RELAY, ['serve', '--data', data, '--listen', '127.0.0.1:18443', '--plain', '--page', '/work/main/ui/dist-patient'], { stdio: 'inherit' });
  try {
    const base = 'http://127.0.0.1:18443';
    for (let i = 0; i < 50; i++) { if (await fetch(`${base}/health`).then((r) => r.ok, () => false)) break; await new Promise((r) => setTimeout(r, 200)); }
    const code = execFileSync(RELAY, ['enrol-code', '--data', data]).toString().trim().split(/\s+/).find((w) => /\d|-/.test(w)) ?? '';
    console.log('code', code);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'jwk' }).x as string;
    const enrolled = await fetch(`${base}/v1/enrol`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code, key: raw, name: 'test' }) });
    console.log(enrolled.status);
    const who = await enrolled.json() as { workstation: string; relay: string };
    const now = Math.floor(Date.now() / 1000);
    const head = `${b64({ alg: 'EdDSA', typ: 'JWT' })}.${b64({ iss: who.workstation, aud: `medibridge-relay:${who.relay}`, iat: now, exp: now + 300 })}`;
    const jwt = `${head}.${sign(null, Buffer.from(head), privateKey).toString('base64url')}`;
    const clinic = await FakeClinic.open();
    const ws = new WebSocket('ws://127.0.0.1:18443/v1/live');
    const say = (f: object) => ws.send(JSON.stringify(f));
    clinic.relay.append = (stream, _from, envelope, key = randomUUID()) => (say({ t: 'append', stream: stream.id, key, envelope }), 0);
    const [door, greeting] = [...clinic.relay.doors][0]!;
    ws.onopen = () => say({ t: 'hello', v: 1, token: jwt });
    let doorStream = '';
    ws.onmessage = ({ data }: { data: string }) => {
      const f = JSON.parse(data);
      if (f.t === 'welcome') say({ t: 'open_door', door, greeting: toBase64url(greeting), lasts_s: 600 });
      if (f.t === 'door_opened') { doorStream = f.stream; say({ t: 'subscribe', stream: f.stream, after: 0 }); }
      if (f.t === 'refused') console.log(f);
      if (f.t === 'entry' && f.stream === doorStream) {
        const id = Buffer.from(fromBase64url(f.envelope)!).toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
        clinic.relay.knocked({ id } as never, door);
        say({ t: 'subscribe', stream: id, after: 0 });
      } else if (f.t === 'entry' && f.from === 'guest') clinic.relay.heard({ id: f.stream } as never, f);
    };
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] });
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es' })).newPage();
    page.on('console', (m) => console.log('PAGE', m.type(), m.text()));
    page.on('response', (r) => r.status() >= 400 && console.log(r.status(), r.url()));
    await new Promise((r) => setTimeout(r, 1500));
    await page.goto(base + clinic.link);
    await page.getByRole('button', { name: 'Español', exact: true }).click();
    await page.getByRole('textbox').fill('Lucía');
    await page.locator('button[type=submit]').click();
    await page.locator('ol li').nth(3).waitFor();
    await clinic.until(() => clinic.pictures.length === 4);
    say({ t: 'admit', stream: clinic.stream!.id });
    await clinic.admit();
    await page.getByRole('log').waitFor();
    await clinic.say('Where does it hurt?');
    await page.getByRole('textbox').fill('Aquí');
    await page.locator('button[type=submit]').click();
    await clinic.until(() => clinic.messages.length === 2);
    await page.getByText('Aquí').waitFor();
    await page.reload();
    await page.getByText('Aquí').waitFor();
    await page.locator('footer button[aria-haspopup=dialog]').nth(1).click();
    await page.locator('dialog button').last().click();
    await page.getByRole('timer').filter({ hasText: '0:02' }).waitFor();
    await page.locator('dialog button').last().click();
    await clinic.until(() => clinic.messages.length === 3);
    const s = clinic.messages[2]!.sound!;
    const got = await fetch(`${base}/v1/streams/${clinic.stream!.id}/blobs/${s.sha256}`, { headers: { Authorization: `Bearer ${jwt}` } });
    console.log('blob', got.status, (await got.arrayBuffer()).byteLength, s.ms);
    await page.locator('input[type=range]').waitFor();
    await page.locator('li button').last().click();
    await page.waitForTimeout(1500);
    console.log((await page.getByRole('log').innerText()).replace(/\n/g, ' | '));
    await page.locator('footer button[aria-haspopup=dialog]').nth(0).click();
    await page.locator('dialog li button').first().waitFor();
    await page.screenshot({ path: '/tmp/real.png' });
    await page.keyboard.press('Escape');
    server.kill('SIGKILL');
    await page.getByText('Esperando', { exact: false }).first().waitFor({ timeout: 5000 }).catch(() => undefined);
    await page.waitForTimeout(800);
    console.log('dead:', await page.locator('header p').innerText());
    await page.getByRole('textbox').fill('sin servidor');
    await page.locator('button[type=submit]').click();
    console.log('last:', (await page.getByRole('log').locator('li').last().innerText()).replace(/\n/g, ' | '));
    const again = spawn(RELAY, ['serve', '--data', data, '--listen', '127.0.0.1:18443', '--plain', '--page', '/work/main/ui/dist-patient'], { stdio: 'ignore' });
    await page.waitForTimeout(9000);
    console.log('back:', await page.locator('header p').innerText(), (await page.getByRole('log').locator('li').last().innerText()).replace(/\n/g, ' | '));
    again.kill('SIGTERM');
    for (let i = 0; i < 8; i++) { await page.waitForTimeout(1000); console.log('drain', i, await page.locator('header p').innerText()); }
    again.kill('SIGKILL');
    await browser.close();
    ws.close();
    expect(1).toBe(1);
  } finally { server.kill('SIGKILL'); }
});
