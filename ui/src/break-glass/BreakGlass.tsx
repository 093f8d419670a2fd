// A doctor opens a restricted record in an emergency: find exactly that person, say why, give the password again.
import { zodResolver } from '@hookform/resolvers/zod';
import { SearchX, ShieldAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { BreakReason, FindSealedRequest, SealedPatientView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { showBirth } from '../i18n/dates';
import { useGo } from '../shared/go';
import { Button, Empty, Page, Panel, Problem, Select, Skeleton, TextInput } from '../shared/ui';
import styles from './break-glass.module.css';

const REASONS: readonly BreakReason[] = ['emergency', 'treating_absent', 'patient_asks', 'law', 'other'];

export function BreakGlass() {
  const { t } = useTranslation('break-glass');
  const [wanted, setWanted] = useState<FindSealedRequest | null>(null);
  const [chosen, setChosen] = useState<SealedPatientView | null>(null);
  return (
    <Page title={t('title')} hint={t('hint')}>
      {chosen === null ? <Find wanted={wanted} onFind={setWanted} onChoose={setChosen} /> : <OpenRecord patient={chosen} onBack={() => setChosen(null)} />}
    </Page>
  );
}

function Find({ wanted, onFind, onChoose }: { wanted: FindSealedRequest | null; onFind: (wanted: FindSealedRequest) => void; onChoose: (patient: SealedPatientView) => void }) {
  const { t } = useTranslation('break-glass');
  const [number, setNumber] = useState(wanted?.by === 'number' ? wanted.number : '');
  const [name, setName] = useState(wanted?.by === 'person' ? wanted.name : '');
  const [birthDate, setBirthDate] = useState(wanted?.by === 'person' ? wanted.birth_date : '');
  const found = useView('break_glass.find', wanted ?? { by: 'number', number: '' }, { enabled: wanted !== null });
  const ready = number.trim() !== '' || (name.trim() !== '' && birthDate !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onFind(number.trim() !== '' ? { by: 'number', number: number.trim() } : { by: 'person', name: name.trim(), birth_date: birthDate });
  };
  return (
    <>
      <Panel title={t('find.title')}>
        <form className={styles.form} onSubmit={submit}>
          <p className={styles.quiet}>{t('find.hint')}</p>
          <TextInput label={t('find.number')} dir="ltr" value={number} onChange={(event) => setNumber(event.target.value)} />
          <p className={styles.or}>{t('find.or')}</p>
          <div className={styles.pair}>
            <TextInput label={t('find.name')} value={name} onChange={(event) => setName(event.target.value)} />
            <TextInput label={t('find.birthDate')} type="date" value={birthDate} onChange={(event) => setBirthDate(event.target.value)} />
          </div>
          <div><Button kind="primary" type="submit" disabled={!ready} busy={found.isFetching}>{t('find.go')}</Button></div>
        </form>
      </Panel>
      {found.error && <Problem error={found.error} />}
      {wanted !== null && found.isPending && <Skeleton rows={2} />}
      {found.data?.length === 0 && <Empty icon={SearchX} title={t('find.none')} hint={t('find.noneHint')} />}
      {found.data !== undefined && found.data.length > 0 && (
        <ul className={styles.found} aria-label={t('find.found')}>
          {found.data.map((patient) => (
            <li key={patient.id}>
              <Person patient={patient} />
              <Button onClick={() => onChoose(patient)}>{t('find.choose')}</Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Person({ patient }: { patient: SealedPatientView }) {
  const { t } = useTranslation('break-glass');
  return (
    <div className={styles.person}>
      <strong><bdi>{patient.name}</bdi></strong>
      <span className="numbers">{patient.birth_date === null ? t('common:notKnown') : showBirth(patient.birth_date)}, {t(`common:sex.${patient.sex}`)}, {patient.number}</span>
      {patient.treating !== null && <span className={styles.quiet}>{t('find.treating', { name: patient.treating })}</span>}
    </div>
  );
}

const schema = z.object({
  reason: z.string().refine((reason) => REASONS.some((one) => one === reason), 'break-glass:open.reasonNeeded'),
  words: z.string().trim().min(1, 'break-glass:open.wordsNeeded').max(200, 'common:form.tooLong'),
  password: z.string().min(1, 'break-glass:open.passwordNeeded'),
});

function OpenRecord({ patient, onBack }: { patient: SealedPatientView; onBack: () => void }) {
  const { t } = useTranslation('break-glass');
  const go = useGo();
  const open = useCommand('break_glass.open');
  const { register, handleSubmit, formState: { errors } } = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { reason: '', words: '', password: '' } });
  const said = (error: { message?: string } | undefined) => (error?.message === undefined ? undefined : t(error.message));
  const submit = handleSubmit(({ reason: chosen, words, password }) => {
    const reason = REASONS.find((one) => one === chosen);
    if (reason !== undefined) open.mutate({ patient_id: patient.id, reason, words, password }, { onSuccess: () => go.chart(patient.id) });
  });
  return (
    <section className={styles.danger} aria-labelledby="break-glass-open">
      <header><ShieldAlert size={20} aria-hidden /><h2 id="break-glass-open">{t('open.title')}</h2></header>
      <Person patient={patient} />
      <ul className={styles.rules}>{['hour', 'one', 'kept', 'review'].map((rule) => <li key={rule}>{t(`open.rule.${rule}`)}</li>)}</ul>
      <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Select label={t('open.reason')} error={said(errors.reason)} options={[{ value: '', label: t('open.choose') }, ...REASONS.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }))]} {...register('reason')} />
        <TextInput label={t('open.words')} hint={t('open.wordsHint')} error={said(errors.words)} {...register('words')} />
        <TextInput label={t('open.password')} type="password" autoComplete="current-password" error={said(errors.password)} {...register('password')} />
        {open.error && <Problem error={open.error} small />}
        <div className={styles.buttons}>
          <Button onClick={onBack}>{t('open.back')}</Button>
          <Button kind="danger" type="submit" busy={open.isPending}>{t('open.go')}</Button>
        </div>
      </form>
    </section>
  );
}
