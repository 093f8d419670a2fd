// One prescription at the counter: who it is for, what was warned of, the paper, and what may be done with it.
import { MessageCircleQuestion, PackageCheck, Printer, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PrescriptionFactView, PrescriptionView } from '../../bindings/types';
import { pickSave } from '../../host';
import { useCommand, useView } from '../../host/query';
import { useAction } from '../../shared/keys';
import { usePatientOnScreen } from '../../shared/patient';
import { announce, Button, Problem, Skeleton, toast } from '../../shared/ui';
import { Facts } from '../Facts';
import { Paper } from '../Paper';
import styles from '../prescriptions.module.css';
import { Saying } from '../Saying';
import { Overridden, Unchecked, Warnings, type Reasons } from '../Warnings';
import { useOrderWords } from '../words';
import { Dispense } from './Dispense';

export function Counter({ prescriptionId, onStay }: { prescriptionId: string; onStay: () => void }) {
  const { data, error, refetch } = useView('prescriptions.view', { prescription_id: prescriptionId });
  usePatientOnScreen(data?.patient);
  if (error) return <section className={styles.counter}><Problem error={error} retry={() => void refetch()} /></section>;
  if (data === undefined) return <section className={styles.counter}><Skeleton rows={8} /></section>;
  return <Open one={data} onStay={onStay} />;
}

function Open({ one, onStay }: { one: PrescriptionView; onStay: () => void }) {
  const { t } = useTranslation('prescriptions');
  const { counted } = useOrderWords();
  const [dispensing, setDispensing] = useState(false);
  const [said, setSaid] = useState<'ask' | 'take_back' | null>(null);
  const [reasons, setReasons] = useState<Reasons>({});
  const ask = useCommand('prescriptions.ask');
  const takeBack = useCommand('prescriptions.take_back');
  const open = (one.state === 'ordered' || one.state === 'partly') && one.seal_holds;
  const fresh = one.findings.warnings.filter(({ key }) => one.fresh.includes(key));
  const given = [...one.facts].reverse().find(({ kind }) => kind === 'dispensed');
  const dispense = () => {
    onStay();
    setDispensing(true);
  };
  const start = (what: 'ask' | 'take_back') => {
    onStay();
    setSaid(what);
  };
  useAction('prescriptions.dispense', dispense, open && !dispensing);
  useAction('prescriptions.ask', () => start('ask'), open);
  return (
    <section className={styles.counter} aria-label={t('number', { number: one.number })} data-pane>
      {/* A column that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.read} tabIndex={0} role="group" aria-label={t('number', { number: one.number })}>
        {fresh.length > 0 && <Warnings warnings={fresh} fresh {...(dispensing ? { reasons, onReason: (key: string, reason: string) => setReasons((before) => ({ ...before, [key]: reason })) } : {})} />}
        {one.overridden.length > 0 && <Overridden overridden={one.overridden} />}
        <Unchecked findings={one.findings} />
        <Paper order={one.order} patient={one.patient} number={one.number} signed={{ by: one.author, at: one.at, holds: one.seal_holds }} given={t('paper.given', { given: one.given.amount, total: counted(one.total) })} />
        <Facts facts={one.facts} />
      </div>
      <footer className={styles.bar} data-open={dispensing || undefined}>
        {dispensing && open ? <Dispense one={one} reasons={reasons} onClose={() => setDispensing(false)} /> : (
          <div className={styles.buttons}>
            {one.given.amount !== '0' && <Button icon={Undo2} onClick={() => start('take_back')}>{t('pharmacy.takeBack')}</Button>}
            {given !== undefined && <Label one={one} given={given} />}
            {open && <Button icon={MessageCircleQuestion} action="prescriptions.ask" onClick={() => start('ask')}>{t('pharmacy.ask')}</Button>}
            {open && <Button kind="primary" icon={PackageCheck} action="prescriptions.dispense" onClick={dispense}>{t('pharmacy.dispense')}</Button>}
          </div>
        )}
      </footer>
      {said === 'ask' && (
        <Saying
          title={t('pharmacy.askTitle')} hint={t('pharmacy.askHint')} label={t('pharmacy.question')} go={t('pharmacy.ask')} busy={ask.isPending} error={ask.error} onClose={() => setSaid(null)}
          onSay={(question, fact_id) => ask.mutate({ fact_id, prescription_id: one.id, over: one.facts.length, question }, { onSuccess: () => setSaid(null) })}
        />
      )}
      {said === 'take_back' && (
        <Saying
          title={t('pharmacy.takeBackTitle')} hint={t('pharmacy.takeBackHint')} label={t('view.reason')} go={t('pharmacy.takeBack')} amount={{ label: `${t('paper.quantity')} (${t(`unit.${one.given.unit}`)})`, value: one.given.amount }} busy={takeBack.isPending} error={takeBack.error} onClose={() => setSaid(null)}
          onSay={(reason, fact_id, amount) => takeBack.mutate({ fact_id, prescription_id: one.id, over: one.facts.length, amount, reason }, { onSuccess: () => setSaid(null) })}
        />
      )}
    </section>
  );
}

/** The label of what was given out last, in the language that the doctor chose for it. */
function Label({ one, given }: { one: PrescriptionView; given: PrescriptionFactView }) {
  const { t } = useTranslation('prescriptions');
  const save = useCommand('prescriptions.save_label');
  const go = async () => {
    const path = await pickSave(`${t('pharmacy.labelName', { number: one.number })}.pdf`);
    if (path === null) return;
    save.mutate({ prescription_id: one.id, fact_id: given.id, language: one.order.language, path }, {
      onSuccess: () => {
        toast(t('pharmacy.labelSaved'));
        announce(t('pharmacy.labelSaved'));
      },
    });
  };
  return (
    <>
      {save.error && <Problem error={save.error} small />}
      <Button icon={Printer} busy={save.isPending} onClick={() => void go()}>{t('pharmacy.label')}</Button>
    </>
  );
}
