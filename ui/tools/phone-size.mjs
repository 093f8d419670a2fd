// Fails the build if a phone would load more than the budget before its first paint, or if the page holds
// anything that its policy (no inline script or style, no data address) refuses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** JavaScript before the first paint, gzipped, in KiB. */
const BUDGET = 120;
const folder = new URL('../dist-patient/', import.meta.url).pathname;
const page = readFileSync(join(folder, 'patient.html'), 'utf8');
const assets = readdirSync(join(folder, 'assets'));
const kib = (names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, 'assets', name))).length, 0) / 1024;

const first = assets.filter((name) => page.includes(name));
const scripts = kib(first.filter((name) => name.endsWith('.js')));
const styles = kib(first.filter((name) => name.endsWith('.css')));
console.log(`phone: ${scripts.toFixed(1)} KiB JavaScript + ${styles.toFixed(1)} KiB CSS gzipped before the first paint, budget ${BUDGET} KiB; ${kib(assets).toFixed(1)} KiB in all`);

const faults = [
  scripts > BUDGET && `over the budget of ${BUDGET} KiB`,
  /<script(?![^>]*\bsrc=)/.test(page) && 'an inline script',
  /<style|\sstyle=|\son\w+=/.test(page) && 'an inline style or handler',
  assets.some((name) => name.endsWith('.js') && /\beval\(|new Function\(/.test(readFileSync(join(folder, 'assets', name), 'utf8'))) && 'code made from text',
  assets.some((name) => /\.(woff2?|ttf)$/.test(name)) && 'a font that the phone has to fetch',
].filter(Boolean);
if (faults.length > 0) {
  console.error(`The patient's page has ${faults.join(', ')}.`);
  process.exit(1);
}
