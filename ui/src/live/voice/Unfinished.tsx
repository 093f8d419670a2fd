// A recording that a crash cut off: nothing is lost unless one says so.
import { Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MessageView, UnfinishedView } from '../../bindings/types';
import { asFailure, type Failure } from '../../host';
import { refresh } from '../../host/query';
import { Button, Problem } from '../../shared/ui';
import { finishRecording } from './microphone';
import { showTime } from './time';
import styles from './voice.module.css';

export function Unfinished({ consultationId, unfinished, onSaid }: { consultationId: string; unfinished: UnfinishedView; onSaid: (message: MessageView) => void }) {
  const { t } = useTranslation('live');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const finish = (discard: boolean) => {
    setBusy(true);
    finishRecording(consultationId, discard)
      .then((message) => {
        if (message !== null) onSaid(message);
        refresh(['consultations']);
      })
      .catch((thrown: unknown) => setError(asFailure(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.unfinished} role="group" aria-label={t('unfinished.text', { time: showTime(unfinished.ms) })}>
      <p>{t('unfinished.text', { time: showTime(unfinished.ms) })}</p>
      {error !== null && <Problem error={error} small />}
      <Button kind="quiet" icon={Trash2} busy={busy} onClick={() => finish(true)}>{t('unfinished.discard')}</Button>
      <Button icon={Send} busy={busy} onClick={() => finish(false)}>{t('unfinished.send')}</Button>
    </div>
  );
}
