// The clinic in figures, by day or by week; every bar opens the rows that it counts.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { BucketView, FigureView, StatisticsView, Step } from '../bindings/types';
import { useView } from '../host/query';
import { AiMark, Page, Panel, Problem, Select, Skeleton } from '../shared/ui';
import { Accounts } from './Accounts';
import { Agreement } from './Agreement';
import { BarChart } from './BarChart';
import { barsOf, stretchOf } from './bars';
import { Rows, type Asked } from './Rows';
import { Shares } from './Shares';
import { Turnaround } from './Turnaround';
import styles from './statistics.module.css';

const STRETCHES: Record<string, { steps: number; step: Step }> = {
  week: { steps: 7, step: 'day' }, month: { steps: 30, step: 'day' }, quarter: { steps: 13, step: 'week' }, year: { steps: 52, step: 'week' },
};

export function Statistics() {
  const { t } = useTranslation('statistics');
  const [stretch, setStretch] = useState('month');
  const [asked, setAsked] = useState<Asked | null>(null);
  const view = useView('statistics.view', STRETCHES[stretch] ?? { steps: 30, step: 'day' }, { keep: true });
  return (
    <Page title={t('title')} hint={t('hint')} actions={<Select label={t('stretch')} value={stretch} onChange={(event) => setStretch(event.target.value)} options={Object.keys(STRETCHES).map((one) => ({ value: one, label: t(`stretches.${one}`) }))} />}>
      {view.error && <Problem error={view.error} retry={() => void view.refetch()} />}
      {view.isPending && <Skeleton rows={12} />}
      {view.data && <Figures view={view.data} weekly={STRETCHES[stretch]?.step === 'week'} onAsk={setAsked} />}
      {asked !== null && <Rows asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function Figures({ view, weekly, onAsk }: { view: StatisticsView; weekly: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('statistics');
  const chart = (what: 'scans' | 'consultations' | 'reports', counted: FigureView, buckets: readonly BucketView[]) => (
    <Panel title={t(`unit.${what}`)}>
      <BarChart title={t(weekly ? `perWeek.${what}` : `perDay.${what}`)} unit={t(`unit.${what}`)} bars={barsOf(buckets)} onOpen={(bar) => onAsk({ title: t(`rows.${what}Of`, { day: bar.label, band: bar.label }), counted, ...stretchOf(buckets, bar.key) })} />
    </Panel>
  );
  const whole = { from: view.from, to: view.to };
  return (
    <>
      {chart('scans', { of: 'scans' }, view.scans)}
      <Classes view={view} onAsk={onAsk} />
      <Agreement onOpen={(title, counted) => onAsk({ title, counted, ...whole })} />
      <div className={styles.two}>
        {chart('consultations', { of: 'consultations' }, view.consultations)}
        {chart('reports', { of: 'reports', over_ms: null, up_to_ms: null }, view.reports)}
      </div>
      <div className={styles.two}>
        <Panel title={t('turnaround.title')}><Turnaround turnaround={view.turnaround} onOpen={(title, counted) => onAsk({ title, counted, ...whole })} /></Panel>
        <Panel title={t('accounts.title')}><Accounts accounts={view.accounts} /></Panel>
      </div>
    </>
  );
}

function Classes({ view, onAsk }: { view: StatisticsView; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('statistics');
  const versions = [...new Set(view.classes.map(({ model_id, version }) => `${model_id} ${version}`))];
  return (
    <Panel title={t('classes.title')} aside={<AiMark />}>
      <div className={styles.stack}>
        <p className={styles.quiet}>{versions.length === 0 ? t('classes.none') : t('classes.hint')}</p>
        {versions.map((version) => (
          <section key={version} className={styles.stack} aria-label={version}>
            <h3 className={styles.version}><bdi>{version}</bdi></h3>
            <Shares
              ai label={t('classes.of', { version })}
              shares={view.classes.filter((one) => `${one.model_id} ${one.version}` === version).map((one) => ({ key: one.class ?? '', label: one.class ?? t('classes.notAssessed'), count: one.readings }))}
              onOpen={(share) => {
                const one = view.classes.find((found) => `${found.model_id} ${found.version}` === version && (found.class ?? '') === share.key);
                if (one !== undefined) onAsk({ title: t('rows.readingsOf', { version, class: share.label }), counted: { of: 'readings', model_id: one.model_id, version: one.version, class: one.class }, from: view.from, to: view.to });
              }}
            />
          </section>
        ))}
      </div>
    </Panel>
  );
}
