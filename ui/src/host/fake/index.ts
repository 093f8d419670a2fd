// A believable clinic in memory, for tests and for `npm run dev` in a browser. It never ships:
// `tools/no-fake.mjs` looks for the marker below in the bundle.
import type { ReportText } from '../../bindings/types';
import type { CommandName, EventName, Events, FileDrop, Host, Request, Response } from '../types';
import { clinicOf, fails, type Clinic } from './clinic';
import { handlers } from './handlers';
import { liveForTests, type LiveForTests } from './live/guests';
import { tone } from './live/tone';
import { readOptions } from './options';
import { pageUrl } from './reports/page';
import { frame, map, thumb } from './phantom';
import { scanView } from './scans';

export const marker = 'medibridge-fake-host';

declare global {
  interface Window {
    /** For tests: lets files go on the window. */
    fakeDrop?: (paths: string[]) => void;
    /** For tests, with `?said=1`: every text that the clinic gave, so that what is a person's can be told from the screens' own words. */
    fakeSaid?: Set<string>;
    /** For tests: what was made to fail works again. */
    fakeHeal?: (what: string) => void;
    fakeHost?: string;
    /** For tests: what phones do. */
    fakeLive?: LiveForTests;
    /** For tests: what another window writes into a draft. */
    fakeReports?: { write: (reportId: string, text: Partial<ReportText>) => void };
    /** For tests: which windows were asked for. */
    fakeWindows?: string[];
    /** For tests: where a file was kept. */
    fakeSaved?: string;
    /** What the next file dialog gives. */
    fakePicked?: string[];
  }
}

export function fakeHost(search: string): Host {
  const options = readOptions(search);
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const invented = new Map<string, ArrayBuffer>();
  const drops = new Set<(drop: FileDrop) => void>();
  const emit = <E extends EventName>(event: E, payload: Events[E]) => {
    note(payload);
    listeners.get(event)?.forEach((listen) => listen(payload as never));
  };
  const clinic = clinicOf(options, emit);
  const scanOf = (path: string) => clinic.scans.find(({ id }) => id === path.split('/')[2]);

  window.fakeHost = marker;
  if (new URLSearchParams(search).get('said') === '1') window.fakeSaid = new Set();
  window.fakeLive = liveForTests(clinic);
  window.fakeReports = { write: (id, text) => {
    const report = clinic.reports.all.find((one) => one.id === id);
    if (report?.draft) report.draft = { ...report.draft, edit: report.draft.edit + 1, saved: new Date().toISOString(), content: { ...report.draft.content, text: { ...report.draft.content.text, ...text } } };
  } };
  window.fakeHeal = (what) => options.fail.delete(what);
  window.fakeDrop = (paths) => drops.forEach((handle) => handle({ kind: 'dropped', paths }));
  watchDrags((drop) => drops.forEach((handle) => handle(drop)));

  return {
    async call<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> {
      await new Promise((done) => window.setTimeout(done, options.slow));
      if (options.stalled.has(name)) await new Promise(() => undefined);
      const code = options.fail.get(name);
      if (code !== undefined) throw fails(code as never, `test-${code}`);
      const answer = await handlers[name](clinic, request);
      note(answer);
      return answer;
    },
    on(event, handler) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(handler as (payload: never) => void));
      return () => set.delete(handler as (payload: never) => void);
    },
    imageUrl(path) {
      const [what, , about, stamp = '', page] = path.split('/');
      const report = what === 'page' ? clinic.reports.all.find(({ id }) => id === about) : undefined;
      if (report !== undefined) return pageUrl(report, stamp, Number(page));
      const scan = scanOf(path);
      return scan === undefined ? '' : thumb(scan.kind, scan.kind === 'chest' ? scan.seed % 12 : 0);
    },
    async pixels(path) {
      const [what = '', , id, part] = path.split('/');
      const code = options.fail.get(what);
      if (code !== undefined) throw fails(code as never, `test-${code}`);
      if (what === 'map') return map(7, 7, Number(part));
      const scan = clinic.scans.find((one) => one.id === id);
      if (scan === undefined) throw fails('not_found', 'scan-not-found');
      const { rows, columns, frames } = scanView(scan, [], options).pixels;
      // Inventing pixels takes longer than fetching them would: that is done once, so that times measured here mean something.
      const known = invented.get(path) ?? frame(scan.kind, rows, columns, scan.seed, Number(part) / frames);
      if (invented.size < 60) invented.set(path, known);
      return known.slice(0);
    },
    audioUrl: async () => URL.createObjectURL(tone(10)),
    // A real shell opens windows; here the browser does, so that a test sees each of them.
    async openOther() {
      await lockFirst(clinic, emit);
      window.fakeWindows = [...(window.fakeWindows ?? []), 'opened'];
    },
    async switchTo(label) {
      await lockFirst(clinic, emit);
      window.fakeWindows = [...(window.fakeWindows ?? []), label];
    },
    async pickSave(suggested) {
      window.fakeSaved = `/home/clinic/${suggested}`;
      return window.fakeSaved;
    },
    pickFiles: async () => window.fakePicked ?? ['/media/usb/IM0001.dcm', '/media/usb/bad-copy.dcm', '/media/usb/film.png'],
    pickFolder: async () => window.fakePicked ?? ['/media/usb/folder'],
    onFilesDropped(handler) {
      drops.add(handler);
      return () => drops.delete(handler);
    },
  };
}

/** Keeps every text of an answer. */
function note(answer: unknown): void {
  if (window.fakeSaid === undefined) return;
  if (typeof answer === 'string') window.fakeSaid.add(answer);
  else if (answer !== null && typeof answer === 'object') Object.values(answer).forEach(note);
}

async function lockFirst(clinic: Clinic, emit: Clinic['emit']): Promise<void> {
  if (clinic.session === null) return;
  clinic.session = { ...clinic.session, locked: true };
  emit('session.changed', clinic.session);
}

function watchDrags(say: (drop: FileDrop) => void): void {
  window.addEventListener('dragover', (event) => {
    event.preventDefault();
    say({ kind: 'over' });
  });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) say({ kind: 'left' });
  });
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    say({ kind: 'dropped', paths: [...(event.dataTransfer?.files ?? [])].map((file) => file.name) });
  });
}
