import { Armchair } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, Language } from '../../bindings/types';
import { languageChoices } from '../../shared/languages';
import { Button, Problem, Select, TextInput } from '../../shared/ui';
import { useAct } from '../use-consultation';
import styles from './ways.module.css';

/** The patient sits across the desk: a name to be called by and a language, nothing else. */
export function Seat({ view, onSeated }: { view: ConsultationView; onSeated: () => void }) {
  const { t } = useTranslation('live');
  const seat = useAct('live.seat');
  const [name, setName] = useState(view.patient.name);
  const [language, setLanguage] = useState<Language>('es');
  const sit = (event: FormEvent) => {
    event.preventDefault();
    seat.mutate({ consultation_id: view.id, name: name.trim(), language }, { onSuccess: onSeated });
  };
  return (
    <form className={styles.seat} onSubmit={sit}>
      <TextInput label={t('seat.name')} hint={t('seat.nameHint')} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      <Select label={t('seat.language')} value={language} onChange={(event) => setLanguage(event.target.value as Language)} options={languageChoices()} />
      {seat.error && <Problem error={seat.error} small />}
      <div><Button kind="primary" icon={Armchair} type="submit" busy={seat.isPending} disabled={name.trim() === ''}>{t('seat.go')}</Button></div>
    </form>
  );
}
