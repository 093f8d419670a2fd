// The real house: the relay's own program over TLS with a certificate of its own, and a workstation without a window
// (`desk`, tests/support/desk.rs), both as processes; real phones are Chromium's.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Readable, Writable } from 'node:stream';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAMS = join(process.env['CARGO_TARGET_DIR'] ?? join(ROOT, 'target'), 'debug');
const PASSWORD = 'correct horse battery';
const PATIENT = { name: 'Marta Ibáñez', birth_date: '1956-02-11' };
const FILM = 'nih-03623a5462.jpg';

export interface Reply { n: number; id: string; text: string; language: string }
interface Person { id: string; name: string; language: string; here: boolean; code: string[] | null }
export interface View {
  id: string;
  people: Person[];
  waiting: Person[];
  invitations: { open: boolean; spent: boolean; way: { kind: 'link'; url: string } | { kind: 'spoken'; code: string; page: string } }[];
  connection: { state: string };
  unsent: number;
}

export class House {
  readonly url: string;
  readonly #relay: ChildProcessByStdio<null, Readable, null>;
  readonly #desk: ChildProcessByStdio<Writable, Readable, null>;
  readonly #folder: string;
  readonly #answers: ((line: string) => void)[] = [];
  consultation = '';
  doctor = '';
  patient = '';

  private constructor(folder: string, url: string, relay: ChildProcessByStdio<null, Readable, null>) {
    this.#folder = folder;
    this.url = url;
    this.#relay = relay;
    this.#desk = spawn(join(PROGRAMS, 'desk'), [join(folder, 'desk')], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface(this.#desk.stdout).on('line', (line) => this.#answers.shift()?.(line));
  }

  /** A relay, a workstation enrolled there, a doctor signed in, a consultation begun in English. */
  static async open(): Promise<House> {
    // The spec runs after the Rust parts; alone it builds what it needs.
    if (!existsSync(join(PROGRAMS, 'desk')) || !existsSync(join(PROGRAMS, 'medibridge-relay'))) {
      const built = spawnSync('cargo', ['build', '--locked', '--workspace', '--all-targets', '--features', 'medibridge/automation'], { cwd: ROOT, stdio: 'inherit' });
      if (built.status !== 0) throw new Error('the programs do not build');
    }
    const folder = mkdtempSync(join(tmpdir(), 'house-'));
    const data = join(folder, 'relay');
    const config = join(folder, 'relay.toml');
    writeFileSync(config, `data_dir = ${JSON.stringify(data)}\n[limits]\nhttp_per_minute = 6000\ntries_per_minute = 600\n`);
    const relay = spawn(join(PROGRAMS, 'medibridge-relay'), ['serve', '--config', config, '--listen', '127.0.0.1:0', '--self-signed', '--page', join(ROOT, 'ui/dist-patient')], { stdio: ['ignore', 'pipe', 'ignore'] });
    const said = await first(relay.stdout, { url: 'Medibridge relay at ', code: 'enrolment code, once, for 15 minutes: ' });
    const house = new House(folder, said.url, relay);
    await house.#begin(said.code, join(data, 'tls/cert.pem'));
    return house;
  }

  async #begin(code: string, certificate: string): Promise<void> {
    const account = (login: string, name: string) => ({ login, name, password: PASSWORD });
    await this.call('setup.create', { clinic_name: 'Harbour Clinic', administrator: account('admin', 'Ada Winter'), doctor: account('doctor', 'Dr Noor Haddad'), models: [], device_passphrase: null });
    await this.call('session.sign_in', { login: 'admin', password: PASSWORD });
    const der = Buffer.from(readFileSync(certificate, 'utf8').replace(/-----.*-----|\s/g, ''), 'base64');
    await this.call('relay.enrol', { address: this.url, code, fingerprint: createHash('sha256').update(der).digest('hex') });
    await this.call('session.sign_in', { login: 'doctor', password: PASSWORD });
    const details = { ...PATIENT, sex: 'female', external_id: null };
    const { patient } = await this.call<{ patient: { id: string } }>('patients.create', { details, not_a_duplicate: true });
    this.patient = patient.id;
    const view = await this.call<View>('live.start', { patient_id: patient.id, language: 'en' });
    this.consultation = view.id;
    this.doctor = view.people[0]?.id ?? '';
  }

  /** A command of the table, as the doctor's window calls it. */
  call<T>(name: string, request: object): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#answers.push((line) => {
        const { answer, error } = JSON.parse(line) as { answer?: T; error?: { message_id: string } };
        if (error === undefined) resolve(answer as T);
        else reject(new Error(`${name}: ${error.message_id}`));
      });
      this.#desk.stdin.write(`${JSON.stringify({ name, request })}\n`);
    });
  }

  /** The same about the consultation. */
  about<T = View>(name: string, request: object = {}): Promise<T> {
    return this.call<T>(name, { consultation_id: this.consultation, ...request });
  }

  /** A way in whose door is open. */
  async invite(spoken = false): Promise<string> {
    const { invitations } = await this.about('live.invite', { spoken });
    const place = invitations.length - 1;
    return this.until(async () => {
      const made = (await this.about('live.view')).invitations[place];
      if (made?.open !== true) return undefined;
      return made.way.kind === 'link' ? made.way.url : made.way.code;
    });
  }

  /** Somebody in the waiting room who can be compared. */
  waiting(name: string): Promise<Person> {
    return this.until(async () => (await this.about('live.view')).waiting.find((one) => one.name === name && one.code !== null));
  }

  /** A report about a film of the consultation's patient: written, signed, sealed. */
  /** Who the patient is, as the doctor reads it from the screen. */
  confirmed() {
    return [{ identifier: 'name', value: PATIENT.name }, { identifier: 'birth_date', value: PATIENT.birth_date }];
  }

  async report(): Promise<{ id: string; passphrase: string }> {
    const job = randomUUID();
    await this.call('imaging.import', { paths: [join(ROOT, 'assets/samples', FILM)], patient_id: this.patient, job });
    const { items } = await this.until(async () => {
      const state = await this.call<{ finished: boolean; items: { outcome: { scan_id: string } }[] }>('imaging.import_state', { job });
      return state.finished ? state : undefined;
    });
    const begun = await this.call<{ id: string; draft: { edit: number; content: { text: object } } }>('reports.start', { scan_id: items[0]?.outcome.scan_id, reading_id: null, template: null, language: 'es' });
    const confirmed = this.confirmed();
    const { content } = begun.draft;
    const { edit } = await this.call<{ edit: number }>('reports.save', { report_id: begun.id, edit: begun.draft.edit, content: { ...content, text: { ...content.text, impression: 'Sin hallazgos agudos.' } } });
    const { stamp } = await this.call<{ stamp: string }>('reports.preview', { report_id: begun.id, revision: null });
    await this.call('reports.sign', { report_id: begun.id, edit, stamp, becomes: 'final', password: PASSWORD, confirmed });
    const { passphrase } = await this.call<{ passphrase: string }>('reports.seal', { report_id: begun.id, passphrase: null });
    return { id: begun.id, passphrase };
  }

  say(text: string): Promise<Reply> {
    return this.about<Reply>('live.say', { message_id: randomUUID(), participant_id: this.doctor, text, phrase: null });
  }

  /** Everything in the record, oldest first. */
  async kept(): Promise<Reply[]> {
    const { messages } = await this.about<{ messages: Reply[] }>('live.messages', { before: null, limit: 200 });
    return messages.reverse();
  }

  /** Asks again until there is an answer. */
  async until<T>(look: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error('waited a minute');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  close(): void {
    this.#desk.kill('SIGKILL');
    this.#relay.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The first lines that begin so. */
function first<K extends string>(from: Readable, starts: Record<K, string>): Promise<Record<K, string>> {
  return new Promise((resolve, reject) => {
    const found: Partial<Record<K, string>> = {};
    const lines = createInterface(from);
    lines.on('line', (line) => {
      for (const [key, start] of Object.entries(starts) as [K, string][]) if (line.startsWith(start)) found[key] = line.slice(start.length).trim();
      if (Object.keys(found).length === Object.keys(starts).length) resolve(found as Record<K, string>);
    });
    lines.on('close', () => reject(new Error('the relay ended before it was ready')));
  });
}
