// What the model said, apart from the doctor's words: shown with its own hue, taken into the report or left out of it as a whole.
import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ClassView, MapChoice, MapPalette, ReportAi, ReportContent, ReportView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { showPercent } from '../../i18n/numbers';
import { useSession } from '../../shared/session-store';
import { AiMark, Checkbox, Toggle } from '../../shared/ui';
import { AiMeasured } from './AiMeasured';
import styles from './AiPart.module.css';

interface AiPartProps {
  report: ReportView;
  content: ReportContent;
  onChange: (part: Partial<ReportContent>) => void;
}

const PALETTES: readonly MapPalette[] = ['inferno', 'viridis'];

export function AiPart({ report, content, onChange }: AiPartProps) {
  const { t } = useTranslation('reports');
  const { ai } = report;
  return (
    <>
      <div className={styles.figures}>
        <h3>{t('figures.title')}</h3>
        <Checkbox label={t('figures.scan')} checked={content.include_scan} onChange={(event) => onChange({ include_scan: event.target.checked })} />
        {ai?.answer.kind === 'assessed' && <MapPick ai={ai} map={content.map} onChange={(map) => onChange({ map })} />}
      </div>
      {ai !== null && (
        <section className={styles.ai} aria-label={t('ai.title')}>
          <header>
            <h3>{t('ai.title')}</h3>
            <AiMark />
          </header>
          <Toggle label={t('ai.include')} hint={t('ai.includeHint')} checked={content.include_ai} onChange={(include_ai) => onChange({ include_ai })} />
          <Answer ai={ai} />
          <Judged report={report} />
          <p className={styles.quiet}>{t('ai.model', { name: ai.model_name, version: ai.version, at: showMoment(ai.at) })} <code title={ai.sha256} dir="ltr">{ai.sha256.slice(0, 12)}</code></p>
          <p className={styles.warning}>{t(ai.research_only ? 'ai.research' : 'ai.review')}</p>
        </section>
      )}
    </>
  );
}

function Answer({ ai: { answer } }: { ai: ReportAi }) {
  const { t } = useTranslation('reports');
  if (answer.kind === 'not_assessed') return <p>{t('reading-room:ai.because', { reason: t(`not-assessed:${answer.reason}`, { defaultValue: answer.reason }) })}</p>;
  return (
    <>
      {answer.measured !== null && <AiMeasured measured={answer.measured} />}
      {answer.classes.length > 0 && <Classes classes={answer.classes} />}
    </>
  );
}

function Classes({ classes }: { classes: readonly ClassView[] }) {
  const { t } = useTranslation('reports');
  return (
    <ul className={styles.classes}>
      {classes.map(({ id, name, probability, band }) => (
        <li key={id} data-band={band ?? undefined}>
          <bdi>{name}</bdi>
          <span className={styles.bar} aria-hidden><span style={{ inlineSize: `${probability * 100}%` }} /></span>
          <span className="numbers" dir="ltr">{showPercent(probability)}</span>
          <span className={styles.band}>{band !== null && t(`reading-room:band.${band}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The clinician's judgement of it: a person's word, so not in the AI's hue. */
function Judged({ report: { verdict, ai } }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  if (verdict === null) return <p className={styles.verdict}>{t('ai.noVerdict')}</p>;
  const Icon = verdict.agrees ? Check : X;
  const name = ai?.answer.kind === 'assessed' ? ai.answer.classes.find(({ id }) => id === verdict.class)?.name ?? verdict.class : verdict.class;
  return (
    <p className={styles.verdict}>
      <Icon size={15} aria-hidden />
      <span>{t(verdict.agrees ? 'ai.agrees' : 'ai.disagrees', { by: verdict.by })}{name !== null && name !== undefined && <>: <b><bdi>{name}</bdi></b></>}{verdict.comment !== '' && <span className={styles.comment}><bdi>{verdict.comment}</bdi></span>}</span>
    </p>
  );
}

function MapPick({ ai, map, onChange }: { ai: ReportAi; map: MapChoice | null; onChange: (map: MapChoice | null) => void }) {
  const { t } = useTranslation('reports');
  const taste = useSession(({ preferences }) => preferences);
  // A measuring model has no maps.
  if (ai.answer.kind !== 'assessed' || ai.answer.grid_rows === 0) return null;
  const { classes } = ai.answer;
  const likely = [...classes].sort((a, b) => Number(b.abnormal) - Number(a.abnormal) || b.probability - a.probability)[0];
  if (likely === undefined) return null;
  return (
    <>
      <Checkbox label={<>{t('figures.map')} <AiMark /></>} checked={map !== null} onChange={(event) => onChange(event.target.checked ? { class: likely.id, opacity: taste.map_opacity, palette: taste.palette } : null)} />
      {map !== null && (
        <div className={styles.map}>
          <label>
            <span>{t('figures.class')}</span>
            <select name="map-class" value={map.class} onChange={(event) => onChange({ ...map, class: event.target.value })}>
              {classes.map(({ id, name, map_empty }) => <option key={id} value={id}>{map_empty ? t('figures.emptyMap', { name }) : name}</option>)}
            </select>
          </label>
          <label>
            <span>{t('figures.opacity')}</span>
            <span className={styles.range}><input type="range" min={0} max={100} step={5} value={map.opacity} onChange={(event) => onChange({ ...map, opacity: Number(event.target.value) })} /><output className="numbers" dir="ltr">{map.opacity} %</output></span>
          </label>
          <label>
            <span>{t('reading-room:map.palette')}</span>
            <select name="map-palette" value={map.palette} onChange={(event) => onChange({ ...map, palette: event.target.value as MapPalette })}>
              {PALETTES.map((palette) => <option key={palette} value={palette}>{t(`reading-room:map.${palette}`)}</option>)}
            </select>
          </label>
        </div>
      )}
    </>
  );
}
