import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, SuggestionView } from '../../bindings/types';
import { useView } from '../../host/query';
import { useSettled } from '../../shared/debounce';
import { useAction } from '../../shared/keys';
import { directionOf } from '../../shared/languages';
import { Kbd } from '../../shared/ui';
import { ProvenanceChip } from './Chips';
import styles from './Composer.module.css';

const ENOUGH = 3;

/** Phrases near to what is being written. None is ever used unless it is picked. */
export function Suggestions({ text, language, reading, onPick }: { text: string; language: Language; reading: Language; onPick: (suggestion: SuggestionView) => void }) {
  const { t } = useTranslation('live');
  const list = useRef<HTMLUListElement>(null);
  const settled = useSettled(text.trim());
  const enabled = settled.length >= ENOUGH && language !== reading;
  const { data } = useView('phrases.suggest', { text: settled, language, reading_language: reading, limit: 3 }, { enabled, keep: true });
  const shown = enabled && text.trim() !== '' ? (data ?? []) : [];
  useAction('live.suggestion', () => list.current?.querySelector('button')?.focus(), shown.length > 0);
  if (shown.length === 0) return null;
  return (
    <div className={styles.suggestions}>
      <p id="suggestions">{t('composer.suggestions')} <Kbd action="live.suggestion" /></p>
      <ul ref={list} aria-labelledby="suggestions">
        {shown.map((suggestion) => (
          <li key={suggestion.phrase.phrase}>
            <button type="button" onClick={() => onPick(suggestion)}>
              <span lang={language} dir={directionOf(language)}>{suggestion.text}</span>
              <span className={styles.other} lang={reading} dir={directionOf(reading)}>{suggestion.translation}</span>
              <ProvenanceChip provenance={suggestion.provenance} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
