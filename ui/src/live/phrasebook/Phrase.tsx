import { SendHorizontal } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, PhraseUse, PhraseView, SlotView } from '../../bindings/types';
import { directionOf } from '../../shared/languages';
import { Button } from '../../shared/ui';
import { ProvenanceChip } from '../room/Chips';
import { fill, isFilled, piecesOf } from './fill';
import styles from './phrases.module.css';

interface PhraseProps {
  phrase: PhraseView;
  language: Language;
  reading: Language;
  open: boolean;
  onOpen: () => void;
  onSay: (text: string, use: PhraseUse) => void;
}

/** One phrase: chosen first, then filled and said; both languages in sight before it goes. */
export function Phrase({ phrase, language, reading, open, onOpen, onSay }: PhraseProps) {
  const { t } = useTranslation('live');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const ready = isFilled(phrase, values);
  const say = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSay(fill(phrase, values, 'text'), { phrase: phrase.key, slots: { ...values } });
  };
  return (
    <div className={styles.phrase} data-open={open || undefined}>
      <button type="button" className={styles.choose} aria-expanded={open} onClick={onOpen}>
        <span lang={language} dir={directionOf(language)}>{phrase.text.replace(/\{(\w+)\}/g, '…')}</span>
        {!open && <span className={styles.other} lang={reading} dir={directionOf(reading)}>{phrase.translation.replace(/\{(\w+)\}/g, '…')}</span>}
      </button>
      {open && (
        <form className={styles.fill} onSubmit={say}>
          {phrase.slots.length > 0 && (
            <p className={styles.sentence} lang={language} dir={directionOf(language)}>
              {piecesOf(phrase.text).map((piece, index) => {
                if (piece.kind === 'text') return <span key={index}>{piece.text}</span>;
                const slot = phrase.slots.find(({ name }) => name === piece.name);
                return slot === undefined ? null : <Slot key={index} slot={slot} first={slot === phrase.slots[0]} value={values[slot.name] ?? ''} onChange={(value) => setValues({ ...values, [slot.name]: value })} />;
              })}
            </p>
          )}
          <p className={styles.preview} lang={reading} dir={directionOf(reading)} aria-label={t('phrases.preview')}>{fill(phrase, values, 'translation')}</p>
          <div className={styles.go}>
            <ProvenanceChip provenance={phrase.provenance} />
            <Button kind="primary" icon={SendHorizontal} type="submit" disabled={!ready} ref={phrase.slots.length === 0 ? focusOnce : undefined}>{t('phrases.say')}</Button>
          </div>
        </form>
      )}
    </div>
  );
}

function Slot({ slot, first, value, onChange }: { slot: SlotView; first: boolean; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('live');
  const label = t(`slot.${slot.name}`, { defaultValue: slot.name });
  const focus = first ? focusOnce : undefined;
  if (slot.values.length === 0) {
    return <input ref={focus} className={styles.number} inputMode="decimal" autoComplete="off" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <select ref={focus} className={styles.choice} aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('phrases.choose')}</option>
      {slot.values.map(({ key, text }) => <option key={key} value={key}>{text}</option>)}
    </select>
  );
}

/** The next thing to do gets the focus when it appears. */
function focusOnce(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}
