// Big phrases to tap: situations first, then the phrases of one. Those with gaps are left to the composer.
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, PhraseUse } from '../../bindings/types';
import { useView } from '../../host/query';
import { Problem } from '../../shared/ui';
import styles from './desk.module.css';

export function DeskPhrases({ language, reading, far, onSay }: { language: Language; reading: Language; far: boolean; onSay: (text: string, phrase: PhraseUse) => void }) {
  const { t } = useTranslation('live');
  const [situation, setSituation] = useState<string | null>(null);
  const page = useView('phrases.page', { situation, for_patient: far, query: '', language, reading_language: reading, cursor: null, limit: 100 }, { keep: true });
  const rows = (page.data?.rows ?? []).filter(({ slots }) => slots.length === 0);
  if (page.error) return <Problem error={page.error} small retry={() => void page.refetch()} />;
  return (
    <div className={styles.phrases} role="group" aria-label={t('phrases.title')}>
      {situation === null
        ? page.data?.situations.map(({ key, title }) => <button key={key} type="button" className={styles.situation} onClick={() => setSituation(key)}>{title}</button>)
        : (
          <>
            <button type="button" className={styles.back} aria-label={t('common:back')} onClick={() => setSituation(null)}><ArrowLeft size={22} aria-hidden /></button>
            {rows.map((phrase) => (
              <button key={phrase.key} type="button" className={styles.phrase} onClick={() => {
                onSay(phrase.text, { phrase: phrase.key, slots: {} });
                setSituation(null);
              }}>{phrase.text}</button>
            ))}
          </>
        )}
    </div>
  );
}
