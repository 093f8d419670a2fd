// One question and what came of it: the engine's checked statements over their sources, or the sources alone.
import { RotateCcw } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AssistAnswerView, AssistEvent, PassageView } from '../bindings/types';
import { AiMark, Button, Problem } from '../shared/ui';
import styles from './Answer.module.css';
import type { At } from './Guide';
import { Source } from './Source';
import { askAgain, isWriting, type Entry } from './talk';
import { withheldWords } from './words';

export function Answer({ entry, onGuide }: { entry: Entry; onGuide: (at: At) => void }) {
  const { t } = useTranslation('assist');
  const { answer, failure, question, stopped } = entry;
  return (
    <article className={styles.entry} aria-busy={isWriting(entry)}>
      <h3 className={styles.question}><span className="unseen">{t('asked')} </span><bdi>{question}</bdi></h3>
      {failure !== undefined && <Problem error={failure} retry={() => void askAgain(entry)} small />}
      {failure === undefined && answer === undefined && <p className={styles.quiet}>{t(stopped === true ? 'stopped' : 'looking')}</p>}
      {answer !== undefined && <Found entry={entry} answer={answer} onGuide={onGuide} />}
    </article>
  );
}

function Found({ entry, answer, onGuide }: { entry: Entry; answer: AssistAnswerView; onGuide: (at: At) => void }) {
  const { t } = useTranslation('assist');
  const list = useRef<HTMLOListElement>(null);
  const [all, setAll] = useState(false);
  const { told, scope, stopped } = entry;
  const byEngine = answer.writing !== null;
  const cited = new Set(told?.statements.flatMap(({ rests_on }) => rests_on) ?? []);
  // What the engine was given beside the question's own words is shown on demand.
  const rows = answer.sources.map((source, index) => ({ source, n: index + 1 }));
  const first = !byEngine ? rows : cited.size > 0 ? rows.filter(({ n }) => cited.has(n)) : rows.slice(0, answer.found);
  const shown = all ? rows : first;
  const jump = (n: number) => list.current?.querySelector<HTMLElement>(`[data-n="${n}"]`)?.focus();

  return (
    <>
      {answer.refused !== null && <p className={styles.note}>{t(`refused.${answer.refused}`)}</p>}
      {byEngine && <Written told={told} engine={answer.writing ?? ''} stopped={stopped === true} about={scope.about} count={answer.sources.length} onCite={jump} sources={answer.sources} />}
      {!byEngine && answer.sources.length === 0 && (
        <p className={styles.nothing}><strong>{t(`nothing.${scope.about}`)}</strong> {t(`nothingHint.${scope.about}`, { count: answer.read })}</p>
      )}
      {shown.length > 0 && <h4 className={styles.from}>{t(`from.${scope.about}`)}</h4>}
      <ol ref={list} className={styles.sources}>
        {shown.map(({ source, n }) => <li key={n}><Source source={source} n={n} onGuide={onGuide} /></li>)}
      </ol>
      {byEngine && first.length < rows.length && (
        <button type="button" className={styles.link} aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('given.less') : t('given.all', { count: rows.length })}</button>
      )}
      {told?.stage.stage === 'failed' && <p className={styles.again}><Button icon={RotateCcw} onClick={() => void askAgain(entry)}>{t('again')}</Button></p>}
      {answer.kept_back.length > 0 && <KeptBack sources={answer.kept_back} onGuide={onGuide} />}
      {!answer.read_all && <p className={styles.quiet}>{t('notAll', { count: answer.read })}</p>}
      {answer.ask_your_doctor && <p className={styles.doctor}>{t('askYourDoctor')}</p>}
    </>
  );
}

interface WrittenProps {
  told: AssistEvent | undefined;
  engine: string;
  stopped: boolean;
  about: string;
  count: number;
  sources: readonly PassageView[];
  onCite: (n: number) => void;
}

/** What the engine wrote, as far as it could be checked. */
function Written({ told, engine, stopped, about, count, sources, onCite }: WrittenProps) {
  const { t } = useTranslation('assist');
  const stage = told?.stage;
  const statements = told?.statements ?? [];
  const withheld = told?.withheld ?? [];
  const writing = !stopped && (stage === undefined || stage.stage === 'writing');
  return (
    <div className={styles.written} data-writing={writing || undefined}>
      <p className={styles.by}><AiMark /> <span>{t('writtenBy', { name: engine })}</span></p>
      {statements.length > 0 && (
        <p className={styles.statements}>
          {statements.map(({ text, rests_on }, index) => (
            <span key={index}>
              <bdi>{text}</bdi>
              {rests_on.map((n) => (
                <button key={n} type="button" className={styles.cite} title={sources[n - 1]?.text.slice(0, 300)} aria-label={t('cites', { n })} onClick={() => onCite(n)}>{n}</button>
              ))}{' '}
            </span>
          ))}
        </p>
      )}
      {writing && <p className={styles.quiet} role="status">{t(statements.length === 0 ? 'reading' : 'writing', { count })}</p>}
      {stopped && <p className={styles.quiet}>{t('stopped')}</p>}
      {stage?.stage === 'not_found' && <p className={styles.nothing}><strong>{t(`nothing.${about}`)}</strong> {t('nothingGiven', { count })}</p>}
      {stage?.stage === 'done' && statements.length === 0 && <p className={styles.nothing}><strong>{t('allWithheld')}</strong></p>}
      {withheld.length > 0 && <p className={styles.quiet}>{withheldWords(withheld)}</p>}
      {stage?.stage === 'failed' && (
        <p className={styles.broke} role="alert"><strong>{t([`broke.${stage.problem.message_id}`, 'broke.other'])}</strong> {t(statements.length > 0 ? 'brokeThere' : 'brokeNothing')}</p>
      )}
      {!writing && statements.length > 0 && about !== 'app' && <p className={styles.review}>{t('review')}</p>}
    </div>
  );
}

function KeptBack({ sources, onGuide }: { sources: readonly PassageView[]; onGuide: (at: At) => void }) {
  const { t } = useTranslation('assist');
  return (
    <details className={styles.kept}>
      <summary>{t('keptBack', { count: sources.length })}</summary>
      <ol className={styles.sources}>{sources.map((source, index) => <li key={index}><Source source={source} onGuide={onGuide} /></li>)}</ol>
    </details>
  );
}
