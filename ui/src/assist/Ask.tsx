// The question box. Before the first question that an engine would get, it says what leaves this machine and to where.
import { CornerDownLeft, Square } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { AssistEngineView } from '../bindings/types';
import { Button } from '../shared/ui';
import styles from './Assistant.module.css';
import { ask, isWriting, stop, useTalk, type Entry, type Scope } from './talk';

const LONGEST = 1000;

interface Props {
  scope: Scope;
  engine: AssistEngineView | null;
  /** What can be asked is known. */
  ready: boolean;
  /** The newest question here, which may still be at work. */
  busy: Entry | undefined;
}

export function Ask({ scope, engine, ready, busy }: Props) {
  const { t } = useTranslation('assist');
  const text = useTalk((talk) => talk.draft);
  const area = useRef<HTMLTextAreaElement>(null);
  const [asking, setAsking] = useState(false);
  const decided = useTalk((talk) => talk.engine[scope.about]);
  const working = busy !== undefined && isWriting(busy) ? busy : null;
  const question = text.trim();

  const send = (withEngine: boolean) => {
    setAsking(false);
    area.current?.focus();
    useTalk.setState({ draft: '' });
    void ask(scope, question, withEngine);
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (question === '' || working !== null || !ready) return;
    if (engine !== null && decided === undefined) setAsking(true);
    else send(engine !== null && decided === true);
  };
  const decide = (use: boolean) => {
    useTalk.setState((talk) => ({ engine: { ...talk.engine, [scope.about]: use } }));
    if (question !== '') return send(use);
    setAsking(false);
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <form className={styles.foot} onSubmit={submit}>
      {asking && engine !== null && <Leaves scope={scope} engine={engine} onDecide={decide} />}
      <label className="unseen" htmlFor="assist-question">{t('question')}</label>
      <div className={styles.box}>
        <textarea
          ref={area} id="assist-question" rows={2} maxLength={LONGEST} value={text} placeholder={t(`placeholder.${scope.about}`)} aria-describedby="assist-who"
          onChange={(event) => useTalk.setState({ draft: event.target.value })} onKeyDown={onKeyDown}
        />
        {working === null
          ? <Button kind="primary" type="submit" icon={CornerDownLeft} disabled={question === '' || !ready || asking}>{t('ask')}</Button>
          : <Button icon={Square} onClick={() => stop(working.job)}>{t('stop')}</Button>}
      </div>
      <p id="assist-who" className={styles.who}>
        {engine === null ? t('who.none') : decided === true ? t('who.engine', { ...engine }) : decided === false ? t('who.passages') : t('who.undecided', { ...engine })}
        {engine !== null && decided !== undefined && <button type="button" className={styles.link} onClick={() => setAsking(true)}>{t('who.change')}</button>}
      </p>
    </form>
  );
}

function Leaves({ scope, engine, onDecide }: { scope: Scope; engine: AssistEngineView; onDecide: (use: boolean) => void }) {
  const { t } = useTranslation('assist');
  const no = useRef<HTMLButtonElement>(null);
  // It is read out, and the answer that keeps everything here is under the finger.
  useEffect(() => no.current?.focus(), []);
  return (
    <section className={styles.leaves} aria-labelledby="assist-leaves" role="alertdialog" aria-describedby="assist-leaves-what">
      <h3 id="assist-leaves">{t('leaves.title')}</h3>
      <p id="assist-leaves-what">{t(`leaves.${scope.about}`, { ...engine })}</p>
      {scope.about !== 'app' && <p>{t('leaves.journal')}</p>}
      <div className={styles.choices}>
        <Button ref={no} onClick={() => onDecide(false)}>{t('leaves.no')}</Button>
        <Button kind="primary" onClick={() => onDecide(true)}>{t('leaves.yes', { ...engine })}</Button>
      </div>
    </section>
  );
}
