// The doctor says what was said: a row of its own in the record; the machine's words stay in the history.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { MessageView } from '../../bindings/types';
import { asFailure, call, type Failure } from '../../host';
import { directionOf, languageName } from '../../shared/languages';
import { announce, Button, Problem } from '../../shared/ui';
import type { Notes } from './notes';
import styles from './voice.module.css';

export function Correct({ message, notes, onDone }: { message: MessageView; notes: Notes; onDone: () => void }) {
  const { t } = useTranslation('live');
  const [text, setText] = useState(message.text);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const words = text.trim();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (words === '' || words === message.text) return;
    setBusy(true);
    setError(null);
    try {
      notes.take(await call('live.correct', { consultation_id: notes.consultationId, message_id: message.id, text: words }));
      announce(t('written.saved'));
      onDone();
    } catch (thrown) {
      setError(asFailure(thrown));
      setBusy(false);
    }
  };
  return (
    <form className={styles.correct} onSubmit={(event) => void save(event)}>
      <label>
        <span>{t('written.label', { language: languageName(message.language) })}</span>
        {/* Opened by the person who wants to write here. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <textarea autoFocus rows={3} name="correction" value={text} maxLength={8000} lang={message.language} dir={directionOf(message.language)} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }} />
      </label>
      {error !== null && <Problem error={error} small />}
      <p className={styles.buttons}>
        <Button kind="quiet" onClick={onDone}>{t('written.cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={words === '' || words === message.text}>{t('written.save')}</Button>
      </p>
    </form>
  );
}
