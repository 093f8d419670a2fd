// What the model said about this scan, or why it said nothing. Marked as the AI's from end to end.
import { RefreshCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ReadingView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { showList } from '../../i18n/lists';
import { showPercent } from '../../i18n/numbers';
import { openModelCard } from '../../shared/dialogs';
import { useMay } from '../../shared/session-store';
import { AiMark, Button, Chip, Problem } from '../../shared/ui';
import type { HeatState } from '../map/use-heat';
import { hasMaps } from '../outline/outline';
import { useInside, useRoom } from '../room/context';
import { ClassBar } from './ClassBar';
import { MapControls } from './MapControls';
import { MeasuredSection } from './MeasuredSection';
import { OutlineControls } from './OutlineControls';
import styles from './ReadingSection.module.css';
import type { RunState } from './use-run';

export function ReadingSection({ reading, heat, run }: { reading: ReadingView | undefined; heat: HeatState; run: RunState }) {
  const { t } = useTranslation('reading-room');
  const { room } = useInside();
  const looked = useRoom((state) => state.looked);
  return (
    <section className={styles.section} aria-labelledby="reading-room-ai">
      <header className={styles.head}>
        <h2 id="reading-room-ai">{t('ai.title')}</h2>
        <AiMark />
      </header>
      {reading && !looked && (
        <div className={styles.notAssessed}>
          <p>{t('ai.hidden')}</p>
          <Button action="reading-room.map" onClick={() => room.getState().look()}>{t('ai.look')}</Button>
        </div>
      )}
      {reading && looked && <Gate reading={reading} />}
      {looked && reading?.answer.kind === 'assessed' && <Assessed reading={reading} heat={heat} />}
      {looked && reading?.answer.kind === 'not_assessed' && <NotAssessed reason={reading.answer.reason} />}
      {!reading && !run.busy && <p className={styles.quiet}>{t('ai.notRead')}</p>}
      <Run reading={reading} run={run} />
      {reading && <Model reading={reading} />}
      {reading && <p className={styles.warning}>{t('ai.review')}</p>}
    </section>
  );
}

function Gate({ reading: { gate, frame } }: { reading: ReadingView }) {
  const { t, i18n } = useTranslation('reading-room');
  const frames = useRoom((state) => state.frames);
  const kind = i18n.exists(`reading-room:kind.${gate.kind}`) ? t(`kind.${gate.kind}`) : gate.kind;
  const remarks = gate.quality.map((key) => (i18n.exists(`reading-room:quality.${key}`) ? t(`quality.${key}`) : key));
  return (
    <div className={styles.gate}>
      <p>
        {gate.confidence > 0 ? t('ai.gate', { kind, percent: showPercent(gate.confidence) }) : kind}
        {frames > 1 && <> · {t('ai.frame', { n: frame + 1 })}</>}
      </p>
      <p>{remarks.length > 0 ? t('ai.quality', { remarks: showList(remarks) }) : t('ai.qualityNone')}</p>
    </div>
  );
}

function Assessed({ reading, heat }: { reading: ReadingView; heat: HeatState }) {
  const { t } = useTranslation('reading-room');
  const { room } = useInside();
  const selected = useRoom((state) => state.map.classIndex);
  if (reading.answer.kind !== 'assessed') return null;
  const { classes, measured } = reading.answer;
  const hasTicks = classes.some((one) => one.lower !== null || one.upper !== null);
  const toMap = (classIndex: number) => (hasMaps(reading.answer) ? { onSelect: () => room.getState().setMap({ classIndex }) } : {});
  return (
    <>
      {measured && <MeasuredSection measured={measured} />}
      {classes.length > 0 && (
        <ul className={styles.classes} aria-label={t('ai.classes')}>
          {classes.map((one, index) => <ClassBar key={one.id} one={one} index={index} selected={selected === index} {...toMap(index)} />)}
        </ul>
      )}
      {hasTicks && <p className={styles.legend}><i aria-hidden />{t('ai.ticks')}</p>}
      {measured ? <OutlineControls reading={reading} measured={measured} /> : <MapControls reading={reading} heat={heat} />}
    </>
  );
}

function NotAssessed({ reason }: { reason: string }) {
  const { t, i18n } = useTranslation('reading-room');
  const known = i18n.exists(`reading-room:not-assessed.${reason}`);
  return (
    <div className={styles.notAssessed} role="status">
      <p>{t('ai.because', { reason: t(known ? `not-assessed.${reason}` : 'not-assessed.other') })}</p>
      <p className={styles.quiet}>{t('ai.notAssessedHint')}</p>
    </div>
  );
}

function Run({ reading, run }: { reading: ReadingView | undefined; run: RunState }) {
  const { t } = useTranslation('reading-room');
  const { scan, room } = useInside();
  const may = useMay('reading.read');
  const start = (modelId: string | null) => run.start(room.getState().frame, modelId);
  if (run.busy) {
    return (
      <div className={styles.running} role="status">
        <span className={styles.track} aria-hidden><span /></span>
        <span>{t(run.stage === 'queued' ? 'run.queued' : 'run.running')}</span>
        <Button kind="quiet" icon={X} onClick={run.cancel}>{t('run.cancel')}</Button>
      </div>
    );
  }
  return (
    <>
      {run.problem && <Problem error={run.problem} small />}
      {run.stage === 'cancelled' && <p className={styles.quiet} role="status">{t('run.cancelled')}</p>}
      {may && scan.models.length === 0 && !reading && <p className={styles.quiet}>{t('run.noModel')}</p>}
      {may && scan.models.length > 0 && (
        <div className={styles.models} data-quiet={reading !== undefined || undefined}>
          {scan.models.map((model, i) => (
            <Button key={model.id} kind={!reading && i === 0 ? 'primary' : 'quiet'} icon={RefreshCw} onClick={() => start(i === 0 ? null : model.id)}>
              {t(reading?.model.id === model.id ? 'run.again' : 'run.with', { model: model.name })}
              {model.research_only ? ` (${t('run.research')})` : ''}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

function Model({ reading: { model, ms, at, by } }: { reading: ReadingView }) {
  const { t } = useTranslation('reading-room');
  return (
    <div className={styles.model}>
      <button type="button" onClick={() => openModelCard(model.id)}>
        <span className="unseen">{t('ai.card')} </span>{model.name} {model.version} <code>{model.sha256.slice(0, 8)}</code>
      </button>
      {model.research_only && <Chip tone="outline">{t('run.research')}</Chip>}
      <p>{t('ai.took', { ms: ms.total < 10 ? ms.total.toFixed(1) : Math.round(ms.total), when: showMoment(at), by })}</p>
    </div>
  );
}
