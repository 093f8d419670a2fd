// Where an administrator begins: four numbers that matter, two charts, the state of the house, and the list behind each
// of them one click away.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showSince } from '../i18n/dates';
import { showCount } from '../i18n/numbers';
import { useGo } from '../shared/go';
import { journalFilter } from '../shared/journal-filter';
import { useSession } from '../shared/session-store';
import { Page, Panel, Problem, Skeleton } from '../shared/ui';
import { BarChart } from './BarChart';
import { barsOf, stretchOf } from './bars';
import { House } from './House';
import { Rows, type Asked } from './Rows';
import { Turnaround } from './Turnaround';
import styles from './statistics.module.css';

export function AdministratorHome() {
  const { t } = useTranslation('statistics');
  const go = useGo();
  const name = useSession((session) => session.name);
  const home = useView('statistics.home', null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const openJournal = (from: string) => {
    journalFilter.setState({ next: { unsuccessful: true, from } });
    go.to('/journal');
  };
  if (home.error) return <Page title={t('home.title', { name })}><Problem error={home.error} retry={() => void home.refetch()} /></Page>;
  if (home.data === undefined) return <Page title={t('home.title', { name })}><Skeleton rows={10} /></Page>;
  const { data } = home;
  const from = data.scans[0]?.from ?? data.since;
  const to = data.scans.at(-1)?.to ?? data.since;
  return (
    <Page title={t('home.title', { name })}>
      <div className={styles.figures}>
        <Figure count={data.reviews} label={t('home.reviews', { count: data.reviews })} state={data.reviews_overdue > 0 ? t('home.overdue', { count: data.reviews_overdue }) : t('home.reviewsHint')} grave={data.reviews_overdue > 0} onOpen={() => go.to('/reviews')} />
        <Figure count={data.waiting} label={t('home.waiting', { count: data.waiting })} state={data.waiting_since === null ? t('home.noneWaits') : t('home.oldest', { since: showSince(data.waiting_since) })} onOpen={() => setAsked({ title: t('home.waitingTitle'), counted: { of: 'waiting' }, from, to })} />
        <Figure count={data.refused + data.failed} label={t('home.refused', { count: data.refused + data.failed })} state={t('home.failed', { count: data.failed, shown: showCount(data.failed) })} onOpen={() => openJournal(data.since)} />
        <Figure count={data.people} label={t('home.people', { count: data.people })} state={t('home.signedIn', { count: data.signed_in, shown: showCount(data.signed_in) })} onOpen={() => go.to('/users')} />
      </div>
      <div className={styles.two}>
        <Panel title={t('home.scans')}>
          <BarChart title={t('home.perDay')} unit={t('unit.scans')} bars={barsOf(data.scans)} onOpen={(bar) => setAsked({ title: t('rows.scansOf', { day: bar.label }), counted: { of: 'scans' }, ...stretchOf(data.scans, bar.key) })} />
        </Panel>
        <Panel title={t('turnaround.title')}><Turnaround turnaround={data.turnaround} onOpen={(title, counted) => setAsked({ title, counted, from, to })} /></Panel>
      </div>
      <House />
      {asked !== null && <Rows asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function Figure({ count, label, state, grave = false, onOpen }: { count: number; label: string; state: ReactNode; grave?: boolean; onOpen: () => void }) {
  return (
    <button type="button" className={styles.figure} onClick={onOpen} data-grave={grave || undefined}>
      <strong className="numbers">{showCount(count)}</strong>
      <span>{label}</span>
      <small>{state}</small>
    </button>
  );
}
