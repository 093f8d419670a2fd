import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import type { Code } from '../bindings/types';
import { speak } from '../i18n';
import { bare } from '../i18n/isolate';
import { sentenceOf } from './sentences';
import problems from '../../../assets/i18n/en/ui.problems.json';

const FOLDER = join(process.cwd(), '../assets/i18n/en');

describe('every error has a sentence', () => {
  test('an unknown message falls back to its sort, with its places filled', () => {
    const { title, advice } = sentenceOf({ code: 'too_many_tries', message_id: 'no-such-message', args: { seconds: '30' } });
    expect(title).toBe(problems.too_many_tries.title);
    expect(advice).toContain('30 seconds');
  });

  test('which thing it is about is said in the language of the screens; what has no word stays as it came', async () => {
    const gone = (what: string) => bare(sentenceOf({ code: 'not_found', message_id: 'not-found', args: { what } }).title);
    expect(gone('patient')).toContain('patient');
    await speak('de');
    expect(gone('scan')).toContain('Aufnahme');
    expect(gone('no marker where one must be')).toContain('no marker where one must be');
    await speak('en');
  });

  test('every code of the bindings has one', () => {
    const codes: Record<Code, true> = {
      invalid: true, sign_in_needed: true, locked: true, wrong_password: true, too_many_tries: true, forbidden: true, not_found: true, conflict: true, unreadable: true, too_large: true, cancelled: true,
      disk_full: true, read_only: true, damaged: true, key_unavailable: true, model_unavailable: true, engine_unavailable: true, busy: true, internal: true,
    };
    expect(Object.keys(problems).sort()).toEqual(Object.keys(codes).sort());
  });

  test('every message of every crate is found with title and advice', () => {
    const files = readdirSync(FOLDER).filter((name) => name.startsWith('errors.'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const catalogue = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, unknown>;
      for (const id of Object.keys(catalogue)) {
        const { title, advice } = sentenceOf({ code: 'internal', message_id: id, args: {} });
        expect(title, `${file} ${id}`).not.toBe(problems.internal.title);
        expect(advice, `${file} ${id}`).not.toBe('');
      }
    }
  });
});
