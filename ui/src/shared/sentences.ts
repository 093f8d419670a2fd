// From an error of the house to words: its own sentence if the catalogue has one, else its sort's.
import type { ErrorView } from '../bindings/types';
import { hasSentence, words } from '../i18n';

export interface Sentence {
  title: string;
  advice: string;
}

/** What happened and what to do. `args` hold no person's data, so that they may be shown. */
export function sentenceOf({ code, message_id, args }: ErrorView): Sentence {
  if (hasSentence(message_id)) {
    const advice = words.t(`errors:${message_id}.advice`, { ...args, defaultValue: '' });
    return { title: words.t(`errors:${message_id}.title`, args), advice };
  }
  return {
    title: words.t(`problems:${code}.title`, { ...args, defaultValue: words.t('problems:internal.title') }),
    advice: words.t(`problems:${code}.advice`, { ...args, defaultValue: words.t('problems:internal.advice') }),
  };
}
