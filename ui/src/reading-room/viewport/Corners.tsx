// What every reader looks for in the four corners. The identity can not be switched off; the rest can.
import { useTranslation } from 'react-i18next';

import { showBirth, showDate } from '../../i18n/dates';
import { OutlineKey } from '../outline/OutlineKey';
import { useInside, useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import { isFlipped, rotationOf } from '../view/matrix';
import styles from './Corners.module.css';
import { WindowMenu } from './WindowMenu';

export function Corners({ mapShown, parts }: { mapShown: boolean; parts: readonly string[] }) {
  const { scan } = useInside();
  const quiet = useRoom((state) => state.quiet);
  return (
    <>
      <Identity />
      {!quiet && <Study />}
      {!quiet && <Display />}
      {!quiet && <Position />}
      <div className={styles.below}>
        <Lines parts={parts} />
        <Chips mapShown={mapShown} outlined={parts.length > 0} key={scan.id} />
      </div>
    </>
  );
}

function Identity() {
  const { t } = useTranslation('reading-room');
  const { patient } = useInside().scan;
  return (
    <div className={styles.topLeft} data-testid="identity">
      <strong><bdi>{patient.name}</bdi></strong>
      <span>{t('corner.id', { id: patient.number })}{patient.external_id && <> · <bdi>{patient.external_id}</bdi></>}</span>
      <span>{patient.birth_date ? showBirth(patient.birth_date) : t('corner.noBirth')} · {t(`common:sex.${patient.sex}`)}</span>
    </div>
  );
}

function Study() {
  const { facts } = useInside().scan;
  const lines = [facts.institution, facts.study_description, facts.series_description === facts.study_description ? null : facts.series_description];
  const kind = [facts.modality, facts.body_part, facts.view_position, facts.laterality].filter(Boolean).join(' ');
  return (
    <div className={styles.topRight}>
      {lines.filter(Boolean).map((line) => <span key={line}><bdi>{line}</bdi></span>)}
      <span>{kind}</span>
    </div>
  );
}

function Display() {
  const { t } = useTranslation('reading-room');
  const { spacing } = useInside().scan;
  const zoom = useRoom((state) => Math.round(matrixScale(matrixOf(state)) * 100));
  const tool = useRoom((state) => state.tool);
  const size = spacing ? `${trim(spacing.row)} × ${trim(spacing.column)} mm` : t('corner.noSpacing');
  return (
    <div className={styles.bottomLeft}>
      <span>{t(`tool.${tool}`)} · {t('corner.zoom', { percent: zoom })}</span>
      <span>{size}{spacing?.source === 'imager_plane' ? ` · ${t('marks.imagerPlane')}` : ''}</span>
      <WindowMenu />
    </div>
  );
}

function Position() {
  const { t } = useTranslation('reading-room');
  const { facts } = useInside().scan;
  const shown = useRoom((state) => state.shown?.index);
  const frames = useRoom((state) => state.frames);
  const slice = [
    facts.slice_thickness === null ? null : t('corner.thickness', { mm: trim(facts.slice_thickness) }),
    facts.slice_location === null ? null : t('corner.location', { mm: trim(facts.slice_location) }),
  ].filter(Boolean).join(' · ');
  return (
    <div className={styles.bottomRight}>
      {slice && <span>{slice}</span>}
      <span data-testid="frame-number">{frames > 1 ? t('corner.frame', { n: (shown ?? 0) + 1, of: frames }) : facts.instance === null ? '' : t('corner.instance', { n: facts.instance })}</span>
      {facts.study_date && <span>{showDate(facts.study_date)}{facts.study_time ? ` ${facts.study_time}` : ''}</span>}
    </div>
  );
}

/** In CSS pixels: so much the key needs beside the picture, and so high must the screen be that it stays clear of the edge letter. */
const ROOM_FOR_LINES = { beside: 140, height: 420 } as const;

/** Which of the AI's lines is what. The panel says it too, so the key never covers the picture unless the picture stands alone. */
function Lines({ parts }: { parts: readonly string[] }) {
  const fits = useRoom((state) => {
    const { screen, image, full } = state;
    const { a, c } = matrixOf(state);
    const free = (screen.width - Math.abs(a) * image.width - Math.abs(c) * image.height) / 2;
    return full || (free >= ROOM_FOR_LINES.beside && screen.height >= ROOM_FOR_LINES.height);
  });
  if (parts.length === 0 || !fits) return null;
  return <div className={styles.lines} data-testid="outline-key"><OutlineKey parts={parts} brief /></div>;
}

/** How the picture differs from what was acquired: said in words, always. */
function Chips({ mapShown, outlined }: { mapShown: boolean; outlined: boolean }) {
  const { t } = useTranslation('reading-room');
  const flipped = useRoom((state) => isFlipped(matrixOf(state)));
  const rotation = useRoom((state) => rotationOf(matrixOf(state)));
  const inverted = useRoom((state) => state.inverted);
  const { patient, facts } = useInside().scan;
  // A picture without its DICOM header has lost what its grey levels mean; a demonstration is nobody's.
  const notForDiagnosis = patient.demo || facts.format !== 'dicom';
  const chips = [
    flipped && t('chip.flipped'),
    rotation !== 0 && t('chip.rotated', { degrees: rotation }),
    inverted && t('chip.inverted'),
    notForDiagnosis && t('chip.notForDiagnosis'),
  ].filter((chip) => chip !== false);
  return (
    <div className={styles.chips} role="status" aria-label={t('chip.label')}>
      {chips.map((chip) => <span key={chip} className={styles.chip}>{chip}</span>)}
      {(mapShown || outlined) && <span className={styles.ai}>{t(outlined ? 'measured:outlines.on' : 'chip.map')}</span>}
    </div>
  );
}

function matrixScale(m: { a: number; b: number }): number {
  return Math.hypot(m.a, m.b);
}

function trim(value: number): string {
  return String(Number(value.toFixed(3)));
}
