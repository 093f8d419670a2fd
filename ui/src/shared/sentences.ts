// From an error of the house to words: its own sentence if the catalogue has one, else its sort's.
import type { ErrorView } from '../bindings/types';
import { hasSentence, words } from '../i18n';

export interface Sentence {
  title: string;
  advice: string;
}

/** What happened and what to do. `args` hold no person's data, so that they may be shown. */
export function sentenceOf({ code, message_id, args }: ErrorView): Sentence {
  const said = told(args);
  if (hasSentence(message_id)) {
    const advice = words.t(`errors:${message_id}.advice`, { ...said, defaultValue: '' });
    return { title: words.t(`errors:${message_id}.title`, said), advice };
  }
  return {
    title: words.t(`problems:${code}.title`, { ...said, defaultValue: words.t('problems:internal.title') }),
    advice: words.t(`problems:${code}.advice`, { ...said, defaultValue: words.t('problems:internal.advice') }),
  };
}

/** Which thing, field or rule it is comes as an English word: most have a word in the language of the screens. */
function told(args: ErrorView['args']): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([place, value]) => [place, /^[a-z_]+$/.test(value ?? '') ? words.t(`things:${value}`, { defaultValue: value }) : (value ?? '')]));
}
