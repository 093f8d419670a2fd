// A doctor's day: what waits, each number the length of the list behind it. The worklist stays where the work begins; this is
// everything beside it.
import { CalendarClock, FileSignature, ScanSearch, Send, UsersRound } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { DoctorHome } from '../bindings/types';
import { useView } from '../host/query';
import { showClock, showMoment } from '../i18n/dates';
import { showCount, showPercent } from '../i18n/numbers';
import { useGo } from '../shared/go';
import { AiMark, Button, Page, Problem, Skeleton } from '../shared/ui';
import { worklistView } from '../worklist/view-store';
import styles from './home.module.css';
import { startOfToday } from './today';

export function Today() {
  const { t } = useTranslation('home');
  const home = useView('home.doctor', { since: startOfToday() });
  return (
    <Page title={t('today.title')} hint={t('today.hint')} width="prose">
      {home.error && <Problem error={home.error} retry={() => void home.refetch()} />}
      {home.isPending && <Skeleton rows={10} />}
      {home.data !== undefined && <Lists home={home.data} />}
    </Page>
  );
}

function Lists({ home }: { home: DoctorHome }) {
  const { t } = useTranslation('home');
  const go = useGo();
  const above = () => {
    worklistView.setState({ query: '', status: null, modality: null, onlyAbove: true, cursor: 0 });
    go.worklist();
  };
  return (
    <div className={styles.lists}>
      <List icon={ScanSearch} title={t('above.title')} count={home.above} none={t('above.none')} all={t('above.all')} onAll={above} aside={<AiMark />} hint={t('above.hint')}>
        {home.above_rows.map((row) => (
          <Row key={row.scan_id} name={row.patient.name} what={[row.description ?? t(`worklist:modalities.${row.modality}`, { defaultValue: row.modality }), ...(row.reading?.answer === 'assessed' && row.reading.urgency !== null ? [`${row.reading.because} ${showPercent(row.reading.urgency)}`] : [])].join(' · ')} when={showMoment(row.imported)} onOpen={() => go.scan(row.scan_id)} />
        ))}
      </List>
      <List icon={CalendarClock} title={t('talks.title')} count={home.consultations} none={t('talks.none')} all={t('talks.all')} onAll={() => go.to('/consultations')} {...(home.running > 0 ? { hint: t('talks.running', { count: home.running }) } : {})}>
        {home.consultation_rows.map((row) => (
          <Row key={row.id} name={row.patient.name} what={row.ended === null ? t('talks.lasts') : t('talks.messages', { count: row.messages })} when={showClock(row.started)} onOpen={() => go.to(`/consultations/${row.id}`)} />
        ))}
      </List>
      <List icon={FileSignature} title={t('drafts.title')} count={home.drafts + home.notes} none={t('drafts.none')} all={t('drafts.all')} onAll={() => go.to('/reports')}>
        {home.draft_rows.map((row) => <Row key={row.id} name={row.patient.name} what={t('drafts.report', { exam: row.exam })} when={showMoment(row.changed)} onOpen={() => go.to(`/reports/${row.id}`)} />)}
        {home.note_rows.map((row) => <Row key={row.id} name={row.patient_name} what={t(row.again ? 'drafts.noteAgain' : 'drafts.note')} when={showMoment(row.at)} onOpen={() => go.to(`/consultations/${row.consultation_id}/note`)} />)}
      </List>
      <List icon={Send} title={t('trouble.title')} count={home.trouble} none={t('trouble.none')} all={t('trouble.all')} onAll={() => go.to('/reports')} hint={t('trouble.hint')}>
        {home.trouble_rows.map(({ patient_name, delivery }) => <Row key={delivery.id} name={patient_name} what={[t(`trouble.${delivery.state}`, { defaultValue: '' }), delivery.number].filter((word) => word !== '').join(' · ')} when={showMoment(delivery.changed)} onOpen={() => go.to(`/reports/${delivery.report_id}`)} />)}
      </List>
      <List icon={UsersRound} title={t('duplicates.title')} count={home.duplicates} none={t('duplicates.none')} all={t('duplicates.all')} onAll={() => go.to('/duplicates')} />
    </div>
  );
}

interface ListProps {
  icon: LucideIcon;
  title: string;
  count: number;
  none: string;
  all: string;
  onAll: () => void;
  hint?: string;
  aside?: ReactNode;
  children?: ReactNode;
}

function List({ icon: Icon, title, count, none, all, onAll, hint, aside, children }: ListProps) {
  return (
    <section className={styles.list} aria-label={title}>
      <header>
        <Icon size={18} aria-hidden />
        <h2>{title}</h2>
        <strong className="numbers" data-none={count === 0 || undefined}>{showCount(count)}</strong>
        {aside}
        {count > 0 && <Button kind="quiet" onClick={onAll}>{all}</Button>}
      </header>
      {count === 0 ? <p className={styles.none}>{none}</p> : (
        <>
          {hint !== undefined && <p className={styles.none}>{hint}</p>}
          <ul>{children}</ul>
        </>
      )}
    </section>
  );
}

function Row({ name, what, when, onOpen }: { name: string; what: string; when: string; onOpen: () => void }) {
  return (
    <li>
      <button type="button" onClick={onOpen}>
        <strong><bdi title={name}>{name}</bdi></strong><span><bdi title={what}>{what}</bdi></span><span className="numbers">{when}</span>
      </button>
    </li>
  );
}
