// While voice notes wait for an engine that does not answer: what is wrong, what to do, and that nothing is lost.
import { RotateCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MessageView } from '../../bindings/types';
import { asFailure, call, type Failure } from '../../host';
import { Button, Problem } from '../../shared/ui';
import type { Notes } from './notes';
import styles from './voice.module.css';
import { useWhy } from './why';

export function WriterNote({ notes, messages }: { notes: Notes; messages: readonly MessageView[] }) {
  const { t } = useTranslation('live');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const why = useWhy();
  const waiting = messages.filter(({ sound }) => sound?.written?.state === 'waiting');
  const [first] = waiting;
  if (notes.writer.state !== 'failing' || first === undefined) return null;
  const { title, advice } = why(notes.writer.message_id, notes.writer.name);
  const now = () => {
    setBusy(true);
    setError(null);
    call('live.write_down', { consultation_id: notes.consultationId, message_id: first.id })
      .then(notes.take)
      .catch((thrown: unknown) => setError(asFailure(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.writer} role="status">
      <TriangleAlert size={14} aria-hidden />
      <p><strong>{t('written.queue', { count: waiting.length })}</strong> {title} {advice} {t('written.nothingLost')}</p>
      <Button kind="quiet" icon={RotateCw} busy={busy} onClick={now}>{t('written.tryNow')}</Button>
      {error !== null && <Problem error={error} small />}
    </div>
  );
}
