// One prescription for its doctor: the paper, what was said against it, what was done, and how to stop it.
import { OctagonX, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PrescriptionView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { useGo } from '../shared/go';
import { usePatientOnScreen } from '../shared/patient';
import { useMay } from '../shared/session-store';
import { Button, Page, Panel, Problem, Skeleton, TextArea } from '../shared/ui';
import { Facts } from './Facts';
import { newId } from './ids';
import { Paper } from './Paper';
import styles from './prescriptions.module.css';
import { Saying } from './Saying';
import { State } from './State';
import { Overridden, Unchecked, Warnings } from './Warnings';
import { useOrderWords } from './words';

export function Prescription({ prescriptionId }: { prescriptionId: string }) {
  const { t } = useTranslation('prescriptions');
  const { data, error, refetch } = useView('prescriptions.view', { prescription_id: prescriptionId });
  usePatientOnScreen(data?.patient);
  if (error) return <Page title={t('title')}><Problem error={error} retry={() => void refetch()} /></Page>;
  if (data === undefined) return <Page title={t('title')}><Skeleton rows={8} /></Page>;
  return <Open one={data} />;
}

function Open({ one }: { one: PrescriptionView }) {
  const { t } = useTranslation('prescriptions');
  const { counted } = useOrderWords();
  const go = useGo();
  const mayWrite = useMay('prescriptions.stop');
  const [stopping, setStopping] = useState(false);
  const stop = useCommand('prescriptions.stop');
  const fresh = one.findings.warnings.filter(({ key }) => one.fresh.includes(key));
  return (
    <Page title={t('number', { number: one.number })} actions={<><State state={one.state} />{mayWrite && one.state !== 'cancelled' && <Button kind="danger" icon={OctagonX} onClick={() => setStopping(true)}>{t('view.stop')}</Button>}<Button onClick={() => go.chart(one.patient.id)}>{t('order.leave')}</Button></>}>
      <div className={styles.view}>
        {mayWrite && one.state === 'asked' && <Answer one={one} />}
        {fresh.length > 0 && <Warnings warnings={fresh} fresh />}
        {one.overridden.length > 0 && <Overridden overridden={one.overridden} />}
        <Unchecked findings={one.findings} />
        <Paper order={one.order} patient={one.patient} number={one.number} signed={{ by: one.author, at: one.at, holds: one.seal_holds }} given={t('paper.given', { given: one.given.amount, total: counted(one.total) })} />
        <Facts facts={one.facts} />
      </div>
      {stopping && (
        <Saying
          title={t('view.stopTitle')} hint={t('view.stopHint')} label={t('view.reason')} go={t('view.stop')} kind="danger" busy={stop.isPending} error={stop.error} onClose={() => setStopping(false)}
          onSay={(reason, fact_id) => stop.mutate({ fact_id, prescription_id: one.id, over: one.facts.length, reason }, { onSuccess: () => setStopping(false) })}
        />
      )}
    </Page>
  );
}

function Answer({ one }: { one: PrescriptionView }) {
  const { t } = useTranslation('prescriptions');
  const answer = useCommand('prescriptions.answer');
  const [text, setText] = useState('');
  const [fact_id] = useState(newId);
  return (
    <Panel title={t('view.answerTitle')}>
      <form className={styles.answer} onSubmit={(event) => {
        event.preventDefault();
        answer.mutate({ fact_id, prescription_id: one.id, over: one.facts.length, answer: text });
      }}>
        <p className={styles.question}><bdi>{one.facts.at(-1)?.text}</bdi></p>
        <TextArea label={t('view.answer')} value={text} onChange={({ target }) => setText(target.value)} />
        {answer.error && <Problem error={answer.error} small />}
        <Button kind="primary" type="submit" icon={Send} busy={answer.isPending} disabled={text.trim() === ''}>{t('view.send')}</Button>
      </form>
    </Panel>
  );
}
