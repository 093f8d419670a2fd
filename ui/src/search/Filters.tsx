// What the search is limited to: kind, one patient, days.
import { UserRound, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { SearchKind } from '../bindings/types';
import { useSession } from '../shared/session-store';
import { Button, Dialog, IconButton, PatientPicker } from '../shared/ui';
import styles from './search.module.css';
import { ask, searchView } from './view-store';

const KINDS = ['all', 'message', 'note', 'report'] as const satisfies readonly (SearchKind | 'all')[];

export function Filters() {
  const { t } = useTranslation('search');
  const { kind, from, to } = searchView();
  const own = useSession(({ role }) => role === 'patient');
  // A patient reads no notes of doctors.
  const kinds = own ? KINDS.filter((one) => one !== 'note') : KINDS;
  return (
    <>
      <div className={styles.chips} role="group" aria-label={t('kinds')}>
        {kinds.map((one) => <button key={one} type="button" aria-pressed={kind === one} className={styles.chip} onClick={() => ask({ kind: one })}>{t(`kinds_.${one}`)}</button>)}
      </div>
      {!own && <OnePatient />}
      <div className={styles.days} role="group" aria-label={t('days')}>
        <label>{t('from')} <input type="date" value={from} max={to || undefined} onChange={(event) => ask({ from: event.target.value })} /></label>
        <label>{t('to')} <input type="date" value={to} min={from || undefined} onChange={(event) => ask({ to: event.target.value })} /></label>
      </div>
    </>
  );
}

function OnePatient() {
  const { t } = useTranslation('search');
  const patient = searchView((view) => view.patient);
  const [picking, setPicking] = useState(false);
  return (
    <>
      {patient === null
        ? <Button kind="quiet" icon={UserRound} onClick={() => setPicking(true)}>{t('onePatient')}</Button>
        : <span className={styles.patient}><UserRound size={14} aria-hidden /><bdi title={patient.name}>{patient.name}</bdi><IconButton icon={X} label={t('allPatients')} onClick={() => ask({ patient: null })} /></span>}
      {picking && (
        <Dialog open onOpenChange={() => setPicking(false)} title={t('onePatient')}>
          <PatientPicker initial="" onPick={({ id, name }) => (ask({ patient: { id, name } }), setPicking(false))} />
        </Dialog>
      )}
    </>
  );
}
