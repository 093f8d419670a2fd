// @vitest-environment node
// Screens are mirrored for Arabic by writing their styles without left and right. Only what lies on a picture of a body has
// sides of its own, and these are never mirrored.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = join(process.cwd(), 'src');

/** Laid over pictures: their sides are the picture's. */
const ON_PICTURES = ['reading-room/viewport/Edges.module.css', 'reading-room/viewport/Corners.module.css'];

const SIDES = [
  /(?:^|[\s;{-])(?:left|right)\s*:/,
  /(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /text-align\s*:\s*(?:left|right)/,
  /(?:float|clear)\s*:\s*(?:left|right)/,
  /(?:^|[\s;{])(?:margin|padding|inset)\s*:\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*[;}]/,
];

/** Lines of a stylesheet that name a side; four values are fine where both sides are alike. */
function sided(css: string): string[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '');
  return bare.split('\n').flatMap((line) => line.split(/(?<=[;{}])/)).filter((part) => SIDES.some((pattern) => {
    const found = pattern.exec(part.endsWith(';') || part.endsWith('}') ? part : `${part};`);
    return found !== null && (found.length < 5 || found[2] !== found[4]);
  })).map((part) => part.trim());
}

const stylesheets = readdirSync(SOURCE, { recursive: true }).map(String).filter((name) => name.endsWith('.css'));

test('no stylesheet names a side', () => {
  const found = stylesheets.filter((name) => !ON_PICTURES.includes(name)).flatMap((name) => sided(readFileSync(join(SOURCE, name), 'utf8')).map((part) => `${name}: ${part}`));
  expect(stylesheets.length).toBeGreaterThan(60);
  expect(found).toEqual([]);
});

test.each([
  ['.a { margin-left: 1px; }', 1], ['.a { left: 0 }', 1], ['.a { text-align: right; }', 1], ['.a { border-top-left-radius: 2px; }', 1], ['.a { padding: 1px 2px 3px 4px; }', 1], ['.a { float: left }', 1],
  ['.a { padding: 1px 2px 3px 2px; margin-inline-start: 1px; inset-inline-end: 0; text-align: start; }', 0], ['/* left: over */ .left { color: red; }', 0],
])('%s has %i', (css, count) => expect(sided(css)).toHaveLength(count));
