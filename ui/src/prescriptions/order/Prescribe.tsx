// Writing a prescription: the fields on one side, on the other the paper that it becomes, what speaks against it, and the signature.
import { PenLine } from 'lucide-react';
import { useCallback, useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckedOrder, OrderForm, PrescribingDesk } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { screenLanguage } from '../../i18n';
import { useSettled } from '../../shared/debounce';
import { useGo } from '../../shared/go';
import { useAction } from '../../shared/keys';
import { usePatientOnScreen } from '../../shared/patient';
import { announce, Button, Page, Panel, Problem, Skeleton, TextInput, toast } from '../../shared/ui';
import { Identity, identifiersOf } from '../Identity';
import { Paper } from '../Paper';
import styles from '../prescriptions.module.css';
import { Unchecked, Warnings, type Reasons } from '../Warnings';
import { useOrderWords } from '../words';
import { Fields } from './Fields';
import { begin, orderOf, type Typed } from './typed';

export function Prescribe({ patientId }: { patientId: string }) {
  const { t } = useTranslation('prescriptions');
  const { data, error, refetch } = useView('prescriptions.start', { patient_id: patientId });
  // The id of the prescription stays the one that it began with, whatever is fetched anew.
  const [first, setFirst] = useState<PrescribingDesk | null>(null);
  if (first === null && data !== undefined) setFirst(data);
  usePatientOnScreen(data?.patient);
  // What was begun is never given away for an answer that fails later.
  if (error && data === undefined) return <Page title={t('action.prescribe')}><Problem error={error} retry={() => void refetch()} /></Page>;
  if (first === null || data === undefined) return <Page title={t('action.prescribe')}><Skeleton rows={10} /></Page>;
  return <Desk desk={{ ...data, prescription_id: first.prescription_id }} />;
}

function Desk({ desk }: { desk: PrescribingDesk }) {
  const { t } = useTranslation('prescriptions');
  const { fault: inWords } = useOrderWords();
  const [typed, setTyped] = useState<Typed>(() => begin(desk.forms, screenLanguage()));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const order = useMemo(() => orderOf(typed), [typed]);
  const settled = useSettled(order, 250);
  const checked = useView('prescriptions.check', { patient_id: desk.patient.id, order: settled }, { keep: true });
  const faults = checked.data?.faults;
  const fault = useCallback((field: string) => {
    const found = left.has(field) ? faults?.find((one) => one.field === field) : undefined;
    return found && inWords(found);
  }, [faults, left, inWords]);
  // What is shown was said of exactly these words.
  const fresh = settled === order && !checked.isPlaceholderData;
  return (
    <div className={styles.desk}>
      {/* A column that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles.form} tabIndex={0} aria-label={t('order.title', { name: desk.patient.name })} data-pane>
        <h1>{t('order.title', { name: desk.patient.name })}</h1>
        <Fields forms={desk.forms} typed={typed} fault={fault} expected={checked.data?.expected_quantity ?? null} onChange={(change) => setTyped((before) => ({ ...before, ...change }))} onLeave={(field) => setLeft((before) => new Set(before).add(field))} />
      </section>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={styles.beside} tabIndex={0} aria-label={t('order.paper')} data-pane>
        {checked.error && <Problem error={checked.error} small retry={() => void checked.refetch()} />}
        <Beside desk={desk} order={order} checked={fresh ? checked.data : undefined} shown={checked.data} onPress={() => setLeft(new Set(faults?.map(({ field }) => field) ?? []))} />
      </section>
    </div>
  );
}

interface BesideProps {
  desk: PrescribingDesk;
  order: OrderForm;
  /** What was said of the order as it is now. */
  checked: CheckedOrder | undefined;
  /** What was said last, while the next is awaited. */
  shown: CheckedOrder | undefined;
  onPress: () => void;
}

function Beside({ desk, order, checked, shown, onPress }: BesideProps) {
  const { t } = useTranslation('prescriptions');
  const go = useGo();
  const sign = useCommand('prescriptions.sign');
  const [reasons, setReasons] = useState<Reasons>({});
  const [compared, setCompared] = useState(false);
  const [password, setPassword] = useState('');
  const warnings = shown?.findings.warnings ?? [];
  const answered = warnings.every(({ key }) => (reasons[key] ?? '').trim() !== '');
  const ready = checked !== undefined && checked.order !== null && answered && compared && password !== '' && !sign.isPending;
  const press = () => {
    onPress();
    if (!ready) return;
    sign.mutate({
      prescription_id: desk.prescription_id, patient_id: desk.patient.id, order, password, confirmed: identifiersOf(desk.patient),
      overrides: warnings.map(({ key }) => ({ key, reason: reasons[key] ?? '' })),
    }, {
      onSuccess: ({ number }) => {
        toast(t('order.signed', { number }));
        announce(t('order.signed', { number }));
        go.chart(desk.patient.id);
      },
      onError: () => setPassword(''),
    });
  };
  useAction('prescriptions.sign', press);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    press();
  };
  return (
    <form className={styles.stack} onSubmit={onSubmit}>
      {shown?.order ? <Paper order={shown.order} patient={desk.patient} /> : <p className={styles.waiting}>{t('checks.waiting')}</p>}
      <Panel title={t('checks.title')}>
        <div className={styles.stack}>
          {shown && <Unchecked findings={shown.findings} />}
          {shown?.order && warnings.length === 0 && <p>{t('checks.none')}</p>}
          {warnings.length > 0 && <Warnings warnings={warnings} reasons={reasons} onReason={(key, reason) => setReasons((before) => ({ ...before, [key]: reason }))} />}
          <p className={styles.quiet}>{t('checks.table', { version: desk.table.version, medicines: desk.table.medicines, interactions: desk.table.interactions })}</p>
        </div>
      </Panel>
      <Panel title={t('order.sign')}>
        <div className={styles.stack}>
          <Identity patient={desk.patient} label={t('order.identify')} checked={compared} onChange={setCompared} />
          <TextInput name="password" label={t('order.password')} type="password" autoComplete="current-password" value={password} onChange={({ target }) => setPassword(target.value)} />
          {sign.error && <Problem error={sign.error} small />}
          <div className={styles.buttons}><Button kind="quiet" onClick={() => go.chart(desk.patient.id)}>{t('order.leave')}</Button><Button kind="primary" type="submit" icon={PenLine} action="prescriptions.sign" busy={sign.isPending} disabled={!ready && shown?.order != null}>{t('order.sign')}</Button></div>
        </div>
      </Panel>
    </form>
  );
}
