// The clinical note of a consultation: its sentences beside what was said, and at the foot the signature.
import { History as HistoryIcon, MessagesSquare, Pill } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { NoteDesk, NoteProgress } from '../bindings/types';
import { on } from '../host';
import { useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { useGo } from '../shared/go';
import { useAction } from '../shared/keys';
import { usePatientOnScreen } from '../shared/patient';
import { useMay } from '../shared/session-store';
import { announce, Button, Page, Problem, Skeleton } from '../shared/ui';
import { Begin } from './Begin';
import styles from './note.module.css';
import { NoteState } from './NoteState';
import { Numbers, useMessages } from './numbers';
import { Sentences } from './Sentences';
import { SignBar } from './SignBar';
import { Steps } from './Steps';
import { Talk } from './Talk';
import { useKeeper } from './use-lines';

export function ConsultationNote({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation('notes');
  const { data: desk, error, refetch } = useView('notes.of', { consultation_id: consultationId });
  const chart = useView('patients.open', { id: desk?.patient.id ?? '' }, { enabled: useMay('patients.open') && desk !== undefined });
  usePatientOnScreen(chart.data?.patient);
  if (error) return <Page title={t('title')}><Problem error={error} retry={() => void refetch()} /></Page>;
  if (desk === undefined) return <Page title={t('title')}><Skeleton rows={10} /></Page>;
  return <Desk desk={desk} onStale={refetch} />;
}

function Desk({ desk, onStale }: { desk: NoteDesk; onStale: () => void }) {
  const { t } = useTranslation('notes');
  const go = useGo();
  const keeper = useKeeper(desk);
  const mayPrescribe = useMay('prescriptions.sign') && desk.mine;
  const progress = useProgress(desk, onStale);
  const talk = useMessages(desk.consultation_id);
  const numbers = useMemo(() => new Map(talk.messages?.map(({ id, n }) => [id, n])), [talk.messages]);
  const [lit, setLit] = useState<string | null>(null);
  const [correcting, setCorrecting] = useState(false);
  const [byHand, setByHand] = useState(false);
  const [steps, setSteps] = useState(false);
  const { note } = desk;
  const signed = note?.newest.kind === 'signed';
  const drafting = progress?.stage.kind === 'asking';
  const begun = note !== null || byHand;
  const writing = desk.mine && !drafting && begun && (!signed || correcting);
  useAction('notes.history', () => setSteps(true), note !== null);
  useAction('notes.save', () => void keeper.flush(), writing);
  // Signed meanwhile: the correction is over.
  const version = note?.newest.version ?? 0;
  const [last, setLast] = useState(version);
  if (version !== last) {
    setLast(version);
    if (signed) setCorrecting(false);
  }

  return (
    <div className={styles.desk}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        <p className={styles.facts}><NoteState desk={desk} /><span className="numbers">{t('of', { at: showMoment(desk.started) })}</span></p>
        <div className={styles.acts}>
          {note !== null && <Button icon={HistoryIcon} action="notes.history" onClick={() => setSteps(true)}>{t('history.open')}</Button>}
          {mayPrescribe && <Button icon={Pill} onClick={() => go.to(`/patients/${desk.patient.id}/prescribe`)}>{t('prescriptions:action.prescribe')}</Button>}
          <Button icon={MessagesSquare} onClick={() => go.to(`/consultations/${desk.consultation_id}`)}>{t('back')}</Button>
        </div>
      </header>
      {/* A column that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.note} tabIndex={0} role="group" aria-label={t('label')} data-pane>
        <Begin desk={desk} progress={progress} begun={begun} onByHand={() => setByHand(true)} />
        {begun && !drafting && <Numbers value={numbers}><Sentences desk={desk} keeper={keeper} writing={writing} onLook={setLit} /></Numbers>}
      </div>
      <Talk desk={desk} lit={lit} {...talk} />
      {begun && !drafting && <SignBar desk={desk} keeper={keeper} writing={writing} onCorrect={() => setCorrecting(true)} onStale={onStale} />}
      {steps && note !== null && <Steps note={note} onClose={() => setSteps(false)} />}
    </div>
  );
}

/** How a draft goes on: by its event, and as the record had it when the screen was opened. */
function useProgress(desk: NoteDesk, onStale: () => void): NoteProgress | null {
  const { t } = useTranslation('notes');
  const [told, setTold] = useState<NoteProgress | null>(null);
  useEffect(() => on('notes.progress', (progress) => {
    if (progress.consultation_id !== desk.consultation_id) return;
    setTold(progress);
    if (progress.stage.kind === 'asking') return;
    announce(t(`drafting.${progress.stage.kind}`));
    onStale();
  }), [desk.consultation_id, onStale, t]);
  if (told !== null && (desk.drafting === null || desk.drafting.job === told.job)) return told.stage.kind === 'asking' && desk.drafting === null ? null : told;
  return desk.drafting;
}
