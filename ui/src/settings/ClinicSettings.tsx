import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { SettingsView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { Button, Panel, Problem, Skeleton, TextArea, TextInput, toast, Toggle } from '../shared/ui';
import styles from './settings.module.css';

export function ClinicSettings() {
  const { t } = useTranslation('settings');
  const settings = useView('settings.read', null);
  return (
    <Panel title={t('clinic.title')}>
      {settings.error && <Problem error={settings.error} retry={() => void settings.refetch()} />}
      {settings.isPending && <Skeleton rows={4} />}
      {settings.data && <ClinicForm key={JSON.stringify(settings.data)} settings={settings.data} />}
    </Panel>
  );
}

/** Lines of a letterhead at most. */
const LINES = 8;

const isMinutes = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 60;

function ClinicForm({ settings }: { settings: SettingsView }) {
  const { t } = useTranslation('settings');
  const save = useCommand('settings.save');
  const [name, setName] = useState(settings.clinic_name);
  const [clinical, setClinical] = useState(String(settings.idle_minutes_clinical));
  const [admin, setAdmin] = useState(String(settings.idle_minutes_admin));
  const [onImport, setOnImport] = useState(settings.read_on_import);
  const [letterhead, setLetterhead] = useState(settings.letterhead.join('\n'));
  const lines = letterhead.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const wrong = (minutes: string) => (isMinutes(minutes) ? undefined : t('clinic.minutesRule'));
  const changed = name !== settings.clinic_name || clinical !== String(settings.idle_minutes_clinical) || admin !== String(settings.idle_minutes_admin) || onImport !== settings.read_on_import || lines.join('\n') !== settings.letterhead.join('\n');
  const valid = name.trim() !== '' && lines.length <= LINES && isMinutes(clinical) && isMinutes(admin);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ clinic_name: name.trim(), idle_minutes_clinical: Number(clinical), idle_minutes_admin: Number(admin), read_on_import: onImport, letterhead: lines }, { onSuccess: () => toast(t('clinic.saved')) });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <TextInput label={t('clinic.name')} value={name} onChange={(event) => setName(event.target.value)} />
      <TextArea label={t('clinic.letterhead')} hint={t('clinic.letterheadHint')} rows={4} error={lines.length > LINES ? t('clinic.letterheadRule') : undefined} value={letterhead} onChange={(event) => setLetterhead(event.target.value)} />
      <div className={styles.two}>
        <TextInput label={t('clinic.lockClinical')} hint={t('clinic.lockClinicalHint')} inputMode="numeric" error={wrong(clinical)} value={clinical} onChange={(event) => setClinical(event.target.value)} />
        <TextInput label={t('clinic.lockAdmin')} hint={t('clinic.lockAdminHint')} inputMode="numeric" error={wrong(admin)} value={admin} onChange={(event) => setAdmin(event.target.value)} />
      </div>
      <Toggle label={t('clinic.readOnImport')} hint={t('clinic.readOnImportHint')} checked={onImport} onChange={setOnImport} />
      {save.error && <Problem error={save.error} small />}
      <div><Button kind="primary" type="submit" busy={save.isPending} disabled={!changed || !valid}>{t('clinic.save')}</Button></div>
    </form>
  );
}
