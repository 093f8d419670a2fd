// What is said while the chart is locked: a running consultation goes on behind the lock, and so do its captions. Only what
// comes after locking is shown; nothing of the chart, nothing of before.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MessageView } from '../bindings/types';
import { on } from '../host';
import { screenLanguage } from '../i18n';
import { directionOf } from '../shared/languages';
import styles from './Captions.module.css';
import { useRunning } from './running';
import { merge, translationInto, withoutHeld } from './thread';

/** Lines at once: what was said just now. */
const LINES = 4;

export function Captions() {
  const { t } = useTranslation('live');
  const running = useRunning() ?? [];
  const [said, setSaid] = useState<readonly MessageView[]>([]);
  useEffect(() => on('live.message', ({ message }) => setSaid((before) => merge(before, [withoutHeld(message)]).slice(-LINES))), []);
  if (running.length === 0) return null;
  return (
    <section className={styles.captions} aria-labelledby="captions-title">
      <h2 id="captions-title">{t('captions.title')}</h2>
      <ol aria-live="polite">
        {said.length === 0 && <li className={styles.none}>{t('captions.none')}</li>}
        {said.map((message) => <Line key={message.n} message={message} />)}
      </ol>
    </section>
  );
}

function Line({ message }: { message: MessageView }) {
  const { t } = useTranslation('live');
  const own = screenLanguage();
  const translated = message.language === own ? undefined : translationInto(message, own)?.text;
  const heard = message.text === '' ? t('captions.sound') : message.text;
  return (
    <li>
      {translated === undefined || translated === '' ? null : <span lang={own} dir={directionOf(own)}>{translated}</span>}
      <span className={translated === undefined || translated === '' ? undefined : styles.original} lang={message.language} dir={directionOf(message.language)}>{heard}</span>
    </li>
  );
}
