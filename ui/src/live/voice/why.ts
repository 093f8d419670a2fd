// Why a voice note is not written down, and what to do: in words of its own, since the house's sentences speak of translations.
import { useTranslation } from 'react-i18next';

import { sentenceOf, type Sentence } from '../../shared/sentences';

export function useWhy(): (messageId: string, engine: string) => Sentence {
  const { t, i18n } = useTranslation('live');
  return (messageId, engine) => {
    const key = `written.why.${messageId}`;
    if (i18n.exists(key, { ns: 'live' })) return { title: t(key as 'written.why.language-sound-unreadable', { name: engine }), advice: '' };
    return sentenceOf({ code: 'engine_unavailable', message_id: messageId, args: {} });
  };
}
