// How the note came to be: every step, and what changed in it word by word.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { NoteChange, NoteStepView, NoteView } from '../bindings/types';
import { useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Dialog, Problem, Skeleton } from '../shared/ui';
import styles from './note.module.css';

export function Steps({ note, onClose }: { note: NoteView; onClose: () => void }) {
  const { t } = useTranslation('notes');
  const { data: steps, error } = useView('notes.history', { note_id: note.id });
  const [chosen, setChosen] = useState<number | null>(null);
  const at = Math.max(0, steps?.findIndex(({ version }) => version === chosen) ?? 0);
  const step = steps?.[at];
  return (
    <Dialog open size="large" onOpenChange={onClose} title={t('history.title')} description={t('history.hint')}>
      {error && <Problem error={error} small />}
      {steps === undefined && !error && <Skeleton rows={6} />}
      {steps !== undefined && step !== undefined && (
        <div className={styles.history}>
          <ol reversed>
            {steps.map((one) => (
              <li key={one.version}>
                <button type="button" aria-pressed={one.version === step.version} onClick={() => setChosen(one.version)}>
                  <strong>{t(`history.${one.kind}`)}</strong>
                  <span className="numbers">{showMoment(one.at)}</span>
                  <span><bdi>{one.by}</bdi>{one.versions > 1 && ` · ${t('history.edits', { count: one.versions })}`}</span>
                  {one.reason !== '' && <span>{t('history.reason')} <bdi>{one.reason}</bdi></span>}
                </button>
              </li>
            ))}
          </ol>
          <Step note={note} step={step} before={steps[at + 1]} />
        </div>
      )}
    </Dialog>
  );
}

function Step({ note, step, before }: { note: NoteView; step: NoteStepView; before: NoteStepView | undefined }) {
  const { t } = useTranslation('notes');
  // The first has nothing before it: compared with itself, all of it is the same.
  const { data, error } = useView('notes.compare', { note_id: note.id, from: before?.version ?? step.version, to: step.version });
  if (error) return <Problem error={error} small />;
  if (data === undefined) return <Skeleton rows={6} />;
  const same = data.every(({ parts }) => parts.every(({ kind }) => kind === 'same'));
  return (
    // A region that scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <article className={styles.change} tabIndex={0} role="group" aria-label={t('history.changed')}>
      <p className={styles.quiet}>{before === undefined ? t('history.first') : same ? t('history.same') : t('history.against', { at: showMoment(before.at) })}</p>
      {data.map((change) => <Section key={change.section} change={change} />)}
    </article>
  );
}

function Section({ change: { section, parts } }: { change: NoteChange }) {
  const { t } = useTranslation('notes');
  return (
    <section>
      <h3>{t(`section.${section}`)}</h3>
      {parts.length === 0 ? <p className={styles.quiet}>{t(`nothing.${section}`)}</p> : (
        <p className={styles.diff} dir="auto">
          {parts.map(({ kind, text }, index) => {
            if (kind === 'gone') return <del key={index}><span className="unseen">{t('history.gone')} </span>{text}</del>;
            if (kind === 'new') return <ins key={index}><span className="unseen">{t('history.new')} </span>{text}</ins>;
            return <span key={index}>{text}</span>;
          })}
        </p>
      )}
    </section>
  );
}
