// One sentence: its words, where they were said, and why they do not count where they do not.
import { MessageSquareText, Trash2, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Language, NoteSentence, NoteStruck } from '../bindings/types';
import { showList } from '../i18n/lists';
import { directionOf } from '../shared/languages';
import { Button, IconButton } from '../shared/ui';
import type { Line } from './lines';
import styles from './note.module.css';
import { useNumbers } from './numbers';

interface SentenceProps {
  line: Line;
  /** As the record has it; none while it is new. */
  known: NoteSentence | undefined;
  writing: boolean;
  language: Language;
  onLook: (messageId: string) => void;
  onChange: (part: Partial<Line>) => void;
  onRemove: () => void;
  onNext: () => void;
}

export function Sentence({ line, known, writing, language, onLook, onChange, onRemove, onNext }: SentenceProps) {
  const { t } = useTranslation('notes');
  const changed = known !== undefined && known.text.trim() !== line.text.trim();
  const struck = changed ? null : known?.struck ?? null;
  const out = struck !== null && !line.taken;
  const hand = known === undefined || changed ? 'doctor' : known.hand;
  const spoken = known?.language ?? language;
  return (
    <li className={styles.sentence} data-line={line.key} data-hand={hand} data-out={out || undefined}>
      {writing && !out && struck === null
        ? (
          <div className={styles.grow} data-text={`${line.text} `}>
            <textarea
              rows={1} aria-label={t('sentence', { section: t(`section.${line.section}`) })} value={line.text} lang={spoken} dir={directionOf(spoken)} spellCheck={false} placeholder={t('write')}
              onChange={({ target }) => onChange({ text: target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.nativeEvent.isComposing) {
                  event.preventDefault();
                  onNext();
                } else if (event.key === 'Backspace' && line.text === '') {
                  event.preventDefault();
                  onRemove();
                }
              }}
            />
          </div>
        )
        : <p lang={spoken} dir={directionOf(spoken)} className={styles.words}>{out ? <s>{line.text}</s> : line.text}</p>}
      {writing && struck === null && <IconButton icon={Trash2} label={t('remove')} className={styles.remove} onClick={onRemove} />}
      <div className={styles.under}>
        {known !== undefined && known.sources.length > 0 && <Sources sources={known.sources} onLook={onLook} />}
        {hand !== 'doctor' && !out && <span>{t(`hand.${hand}`)}</span>}
        {hand === 'doctor' && struck === null && <span>{t('hand.doctor')}</span>}
      </div>
      {struck !== null && (
        <div className={styles.why}>
          <p><strong>{t(line.taken ? 'struck.taken' : 'struck.out')}</strong> <Why struck={struck} /></p>
          {writing && <Button kind="quiet" {...(line.taken ? { icon: Undo2 } : {})} onClick={() => onChange({ taken: !line.taken })}>{t(line.taken ? 'struck.back' : 'struck.take')}</Button>}
        </div>
      )}
    </li>
  );
}

function Why({ struck: { reason, words } }: { struck: NoteStruck }) {
  const { t } = useTranslation('notes');
  return <>{t(`reason.${reason}`)}{words.length > 0 && <> <bdi>{showList(words.map((word) => `“${word}”`))}</bdi></>}</>;
}

/** Where it was said: each leads to its message. */
function Sources({ sources, onLook }: { sources: readonly string[]; onLook: (messageId: string) => void }) {
  const { t } = useTranslation('notes');
  const numbers = useNumbers();
  return (
    <span className={styles.sources}>
      <MessageSquareText size={13} aria-hidden />
      {sources.map((id) => {
        const n = numbers.get(id);
        return n === undefined ? <span key={id}>{t('source.missing')}</span> : <button key={id} type="button" aria-label={t('source.look', { n })} title={t('source.look', { n })} onClick={() => onLook(id)} className="numbers">{n}</button>;
      })}
    </span>
  );
}
