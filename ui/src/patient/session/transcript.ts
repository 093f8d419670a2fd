// The conversation as one file that any browser opens: both languages, nothing fetched from anywhere.
import { doses } from '../words/bidi';
import { moment, span } from '../words/clock';
import { directionOf, type Key, type Tell } from '../words';
import type { Language, Message, Provenance } from '../wire/content';
import type { Talk } from './talk';

const PROVENANCE: Record<Exclude<Provenance, 'same_language'>, Key> = {
  verified_phrase: 'provenance.verified', unreviewed_phrase: 'provenance.phrase', machine: 'provenance.machine', not_translated: 'provenance.none',
};

const STYLE = `body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.5 system-ui,sans-serif;color:#14202b;background:#fff}
h1{font-size:1.5rem}article{border-block-start:1px solid #dde3e8;padding-block:.75rem}article p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
header,small,.second{color:#4d5b68}.second{font-size:.9375rem}strong{unicode-bidi:isolate}@media print{body{margin:0}}`;

/** `language` is that of the sentences around what was said. */
export function transcript(talk: Talk, tell: Tell, language: Language, now: number): string {
  const title = escape(tell('transcript.title', { name: talk.doctor }));
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body>
<header><h1>${title}</h1><p>${escape(tell('transcript.clinic'))}: ${isolated(talk.clinic)} · ${escape(tell('transcript.saved'))}: ${isolated(moment(now))}</p><p>${escape(tell('transcript.note'))}</p></header>
${talk.messages.map((message) => article(message, talk, tell)).join('\n')}
</body></html>
`;
}

function article(message: Message, { you, people }: Talk, tell: Tell): string {
  const who = message.from === you ? tell('talk.you') : (people.find(({ id }) => id === message.from)?.name ?? '');
  const { translation, sound, enclosure } = message;
  const parts = [`<small>${isolated(moment(message.at))} · <strong>${escape(who)}</strong></small>`];
  if (sound !== null) parts.push(`<p>${escape(tell('voice.length', { time: span(sound.ms) }))}</p>`);
  if (enclosure) parts.push(`<p>${escape(tell('report.title'))}: ${isolated(enclosure.name)}</p>`);
  const translated = translation !== null && translation.text !== '' && translation.provenance !== 'same_language';
  if (translated) parts.push(words(translation.text, translation.language));
  if (message.text !== '') parts.push(words(message.text, message.language, translated ? 'second' : undefined));
  if (message.text !== '' && (message.writing === 'machine' || message.writing === 'corrected')) parts.push(`<small>${escape(tell(`written.${message.writing}`))}</small>`);
  if (message.text !== '' && translation !== null && translation.provenance !== 'same_language') parts.push(`<small>${escape(tell(translation.held === true ? 'provenance.held' : PROVENANCE[translation.provenance]))}</small>`);
  return `<article>${parts.join('')}</article>`;
}

const words = (text: string, language: Language, kind?: string) =>
  `<p lang="${language}" dir="${directionOf(language)}"${kind === undefined ? '' : ` class="${kind}"`}>${doses(text).map((piece, n) => (n % 2 === 1 ? `<bdi dir="ltr">${escape(piece)}</bdi>` : escape(piece))).join('')}</p>`;

const isolated = (text: string) => `<bdi>${escape(text)}</bdi>`;

/** Text from people is text, never markup. */
export function escape(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
