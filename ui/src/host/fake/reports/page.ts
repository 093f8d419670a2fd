// A stand-in for the typesetter: the words on white A4 sheets, so that the page follows what is written.
import type { ReportContent } from '../../../bindings/types';
import { showBirth } from '../../../i18n/dates';
import type { FakeReport } from './state';

const LINE = 92;
const FOOT = 770;
const SECTIONS = ['indication', 'technique', 'comparison', 'findings', 'impression', 'recommendation'] as const;

interface Line { text: string; size: number; weight: number; colour: string; gap: number }

/** SVG of each page. */
export function pagesOf(report: FakeReport, asked: number | null): string[] {
  const then = report.revisions.find(({ revision }) => revision === asked);
  const content = then?.content ?? report.draft?.content ?? report.revisions.at(-1)?.content;
  if (content === undefined) return [];
  const state = then?.becomes ?? (report.draft === null ? report.state : 'draft');
  const sheets: string[][] = [[]];
  let y = 150;
  for (const { text, size, weight, colour, gap } of linesOf(report, content, asked)) {
    y += gap;
    if (y > FOOT) {
      sheets.push([]);
      y = 150;
    }
    sheets.at(-1)?.push(`<text x="57" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${safe(text)}</text>`);
  }
  const mark = state === 'draft' ? 'DRAFT' : state === 'preliminary' ? 'PRELIMINARY' : state === 'entered_in_error' ? 'WITHDRAWN' : '';
  return sheets.map((drawn, n) => sheet(report, drawn.join(''), mark, n + 1, sheets.length));
}

function linesOf(report: FakeReport, content: ReportContent, asked: number | null): Line[] {
  const lines: Line[] = [{ text: content.title, size: 15, weight: 600, colour: '#14202b', gap: 6 }];
  for (const { addendum, revision } of [...report.revisions].reverse()) if (addendum !== null && revision <= (asked ?? revision)) lines.push(...paragraph(addendum.kind === 'appended' ? 'Addendum' : addendum.kind === 'amended' ? 'Correction' : 'Withdrawn', [addendum.reason, addendum.text].filter(Boolean).join('\n'), '#14202b'));
  for (const section of SECTIONS) if (content.text[section].trim() !== '') lines.push(...paragraph(section[0]?.toUpperCase() + section.slice(1), content.text[section], '#14202b'));
  const answer = report.scan.readings[0]?.answer;
  if (content.include_ai && answer?.kind === 'assessed') lines.push(...paragraph('AI reading', `${answer.classes.length === 0 ? 'Outlined, series not measured.' : answer.classes.map(({ name, probability }) => `${name} ${Math.round(probability * 100)} %`).join('   ')}\nNot for diagnosis without review by a clinician.`, '#6a3fb5'));
  return lines;
}

function paragraph(title: string, text: string, colour: string): Line[] {
  const words = text.split('\n').flatMap((line) => wrapped(line));
  return [{ text: title, size: 8.5, weight: 600, colour: colour === '#14202b' ? '#4d5b68' : colour, gap: 24 }, ...words.map((line, n) => ({ text: line, size: 10.5, weight: 400, colour, gap: n === 0 ? 14 : 15 }))];
}

function wrapped(line: string): string[] {
  const out = [''];
  for (const word of line.split(' ')) {
    if ((out.at(-1) ?? '').length + word.length > LINE) out.push('');
    out[out.length - 1] = `${out.at(-1)} ${word}`.trim();
  }
  return out;
}

function sheet({ scan: { patient }, number, author }: FakeReport, drawn: string, mark: string, n: number, of: number): string {
  const who = `${patient.name}   ${patient.birth_date === null ? '' : showBirth(patient.birth_date)}   ${patient.number}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595" height="842" font-family="Inter, Noto Sans, sans-serif"><rect width="595" height="842" fill="#fff"/>`
    + `<text x="57" y="62" font-size="13" font-weight="600" fill="#14202b">Riverside Clinic</text><text x="57" y="77" font-size="8.5" fill="#4d5b68">14 Quay Street, Riverside · +44 20 7946 0102</text>`
    + `<rect x="57" y="92" width="481" height="30" rx="3" fill="#f1f4f7"/><text x="66" y="111" font-size="10" font-weight="600" fill="#14202b">${safe(who)}</text>${drawn}`
    + (mark === '' ? '' : `<text x="298" y="470" font-size="92" font-weight="700" fill="#b3261e" fill-opacity="0.09" text-anchor="middle" transform="rotate(-52 298 440)">${mark}</text>`)
    + `<line x1="57" y1="792" x2="538" y2="792" stroke="#dde3e8"/><text x="57" y="806" font-size="8" fill="#4d5b68">${safe(`${patient.name} · ${patient.number} · ${number ?? 'Draft'} · ${author}`)}</text><text x="538" y="806" font-size="8" fill="#4d5b68" text-anchor="end">${n} / ${of}</text></svg>`;
}

const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** As an address that an `<img>` shows. */
export const pageUrl = (report: FakeReport, stamp: string, n: number): string => `data:image/svg+xml,${encodeURIComponent(pagesOf(report, stamp.startsWith('r') ? Number(stamp.slice(1)) : null)[n] ?? '')}`;
