// Beside the work: how far imports have come, and what they ask.
import { CircleHelp, Copy, FileCheck2, FileWarning, FileX2, X, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ImportItem, ImportView } from '../bindings/types';
import { showCount } from '../i18n/numbers';
import { useGo } from '../shared/go';
import { sentenceOf } from '../shared/sentences';
import { Button, IconButton, Problem } from '../shared/ui';
import { AssignDialog } from './AssignDialog';
import styles from './ImportPanel.module.css';
import { asks, tally } from './outcomes';
import { cancelImport, useImports } from './store';

const ICONS: Record<ImportItem['outcome']['kind'], LucideIcon> = {
  stored: FileCheck2, duplicate: Copy, refused: FileX2, needs_patient: CircleHelp, identity_differs: FileWarning, discarded: FileX2,
};

/** Long imports list what needs an eye; what went well is counted. */
const SHOWN = 200;

export function ImportPanel() {
  const { t } = useTranslation('imaging');
  const jobs = useImports((state) => state.jobs);
  const problem = useImports((state) => state.problem);
  return (
    <aside className={styles.panel} aria-label={t('panel.title')} data-pane>
      <header>
        <h2>{t('panel.title')}</h2>
        <IconButton icon={X} label={t('panel.hide')} onClick={() => useImports.setState({ panelOpen: false })} />
      </header>
      <div className={styles.jobs}>
        {problem && <Problem error={problem} small />}
        {jobs.length === 0 && problem === null && <p className={styles.quiet}>{t('panel.none')}</p>}
        {jobs.map((job) => <Job key={job.job} job={job} />)}
      </div>
    </aside>
  );
}

function Job({ job }: { job: ImportView }) {
  const { t } = useTranslation('imaging');
  const [asking, setAsking] = useState<readonly ImportItem[] | null>(null);
  const counts = tally(job.items);
  const questions = job.items.filter(asks);
  const shown = [...questions, ...job.items.filter((item) => !asks(item)).reverse()].slice(0, SHOWN);
  const state = job.cancelled ? t('panel.cancelled') : job.finished ? t('panel.finished') : t('panel.running', { done: showCount(job.done), found: showCount(job.found) });
  return (
    <section className={styles.job} aria-label={state}>
      <div className={styles.progress}>
        <span className="numbers" role="status">{state}</span>
        {!job.finished && <Button kind="quiet" onClick={() => void cancelImport(job.job)}>{t('panel.cancel')}</Button>}
      </div>
      {!job.finished && <progress aria-label={t('panel.title')} max={Math.max(1, job.found)} value={job.done} />}
      <p className={[styles.counts, 'numbers'].join(' ')}>{counts.map(([kind, count]) => t(`count.${kind}`, { count })).join(' · ')}</p>
      {questions.length > 0 && (
        <div className={styles.question}>
          <p>{t('panel.questions', { count: questions.length })}</p>
          <Button kind="primary" onClick={() => setAsking(sameQuestion(questions))}>{t('panel.decide')}</Button>
        </div>
      )}
      <ul className={styles.items}>
        {shown.map((item) => <Item key={item.index} item={item} onAsk={() => setAsking([item])} />)}
      </ul>
      {job.items.length > SHOWN && <p className={styles.quiet}>{t('panel.more', { count: job.items.length - SHOWN })}</p>}
      {asking !== null && <AssignDialog job={job.job} items={asking} onClose={() => setAsking(null)} />}
    </section>
  );
}

function Item({ item, onAsk }: { item: ImportItem; onAsk: () => void }) {
  const { t } = useTranslation('imaging');
  const go = useGo();
  const { outcome } = item;
  const Icon = ICONS[outcome.kind];
  const reason = outcome.kind === 'refused' ? sentenceOf(outcome.problem).title : t(`outcome.${outcome.kind}`);
  return (
    <li className={styles.item} data-kind={outcome.kind}>
      <Icon size={15} aria-hidden />
      <div>
        <bdi className={styles.label}>{item.label}</bdi>
        <span className={styles.reason}>{reason}</span>
      </div>
      {(outcome.kind === 'stored' || outcome.kind === 'duplicate') && <Button kind="quiet" aria-label={t('panel.openNamed', { name: item.label })} onClick={() => go.scan(outcome.scan_id)}>{t('panel.open')}</Button>}
      {asks(item) && <Button kind="quiet" aria-label={t('panel.decideNamed', { name: item.label })} onClick={onAsk}>{t('panel.decideOne')}</Button>}
    </li>
  );
}

/** The first question and all that ask the same: files of one person are decided at once. */
function sameQuestion(questions: readonly ImportItem[]): ImportItem[] {
  const [first] = questions;
  return questions.filter(({ outcome }) => identityKey(outcome) === identityKey(first?.outcome));
}

function identityKey(outcome: ImportItem['outcome'] | undefined): string {
  if (outcome?.kind !== 'needs_patient' && outcome?.kind !== 'identity_differs') return '';
  const { identity } = outcome;
  return identity === null ? outcome.kind : [outcome.kind, identity.name, identity.id, identity.birth_date].join('\u0000');
}
