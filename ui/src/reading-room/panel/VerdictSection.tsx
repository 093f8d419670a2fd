// The clinician's own word, apart from the AI's, with everything that was said before.
import { Check, Square, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReadingView, VerdictView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { useMay } from '../../shared/session-store';
import { Button, Kbd, Problem, TextArea } from '../../shared/ui';
import { useInside, useRoom } from '../room/context';
import type { VerdictForm } from './use-verdict';
import styles from './VerdictSection.module.css';

export function VerdictSection({ reading, form }: { reading: ReadingView | undefined; form: VerdictForm }) {
  const { t } = useTranslation('reading-room');
  const { scan } = useInside();
  const may = useMay('reading.record_verdict');
  const [newest, ...earlier] = scan.verdicts;
  const section = useRef<HTMLElement>(null);
  const wasOpen = useRef(false);
  // The form takes the focus with it when it goes; those who work by keyboard stay here.
  useEffect(() => {
    if (wasOpen.current && form.side === null) section.current?.focus({ preventScroll: true });
    wasOpen.current = form.side !== null;
  }, [form.side]);
  return (
    <section ref={section} tabIndex={-1} className={styles.section} aria-labelledby="reading-room-verdict">
      <h2 id="reading-room-verdict">{t('verdict.title')}</h2>
      {newest && <Given verdict={newest} reading={reading} newest />}
      {!newest && form.side === null && <p className={styles.quiet}>{t('verdict.none')}</p>}
      {may && form.side === null && <Offer reading={reading} form={form} again={newest !== undefined} />}
      {may && form.side === 'agree' && <Agree form={form} />}
      {may && form.side === 'disagree' && <Disagree reading={reading} form={form} />}
      {form.problem && <Problem error={form.problem} small />}
      {earlier.length > 0 && (
        <details className={styles.earlier}>
          <summary>{t('verdict.earlier', { count: earlier.length })}</summary>
          {earlier.map((one) => <Given key={one.id} verdict={one} reading={reading} />)}
        </details>
      )}
    </section>
  );
}

function Given({ verdict, reading, newest = false }: { verdict: VerdictView; reading: ReadingView | undefined; newest?: boolean }) {
  const { t } = useTranslation('reading-room');
  const { scan } = useInside();
  // The reading that it was about, which need not be the one on screen; where that assessed nothing there was nothing to disagree with.
  const about = scan.readings.find(({ id }) => id === verdict.reading_id)?.answer;
  const own = verdict.reading_id === null || about?.kind === 'not_assessed' || (about?.kind === 'assessed' && about.classes.length === 0);
  const words = (about?.kind === 'assessed' && about.classes.find((one) => one.id === verdict.class)?.name) || verdict.class;
  const title = verdict.agrees ? t('verdict.agrees') : own ? t('verdict.own') : t('verdict.disagrees');
  return (
    <div className={[styles.given, newest ? styles.newest : ''].join(' ')}>
      <p className={styles.what}>
        {verdict.agrees ? <Check size={15} aria-hidden /> : own ? null : <X size={15} aria-hidden />}
        <span>{title}{words ? <>: <b><bdi>{words}</bdi></b></> : null}</span>
      </p>
      {verdict.comment && <p><bdi>{verdict.comment}</bdi></p>}
      <p className={styles.quiet}>{verdict.by}, {showMoment(verdict.at)}{verdict.region ? ` · ${t('verdict.hasRegion')}` : ''}</p>
      {newest && reading && verdict.reading_id !== null && verdict.reading_id !== reading.id && <p className={styles.quiet}>{t('verdict.earlierReading')}</p>}
    </div>
  );
}

function Offer({ reading, form, again }: { reading: ReadingView | undefined; form: VerdictForm; again: boolean }) {
  const { t } = useTranslation('reading-room');
  const looked = useRoom((state) => state.looked);
  // Outlines alone name nothing that one could agree with.
  const assessed = looked && reading?.answer.kind === 'assessed' && reading.answer.classes.length > 0;
  return (
    <>
      {again && <p className={styles.quiet}>{t('verdict.correct')}</p>}
      <div className={styles.buttons}>
        {assessed && <Button kind={again ? 'plain' : 'primary'} icon={Check} action="reading-room.agree" onClick={() => form.open('agree')}>{t('verdict.agree')}</Button>}
        <Button kind="plain" {...(assessed ? { icon: X } : {})} action="reading-room.disagree" onClick={() => form.open('disagree')}>{t(assessed ? 'verdict.disagree' : 'verdict.record')}</Button>
      </div>
    </>
  );
}

function Agree({ form }: { form: VerdictForm }) {
  const { t } = useTranslation('reading-room');
  const group = useRef<HTMLDivElement>(null);
  // Enter then records, whatever had the focus before.
  useEffect(() => group.current?.querySelector<HTMLElement>('[data-record]')?.focus(), []);
  return (
    <div ref={group} className={styles.form} role="group" aria-label={t('verdict.agree')}>
      <p><b>{t('verdict.agreeAsk')}</b></p>
      <TextArea label={t('verdict.comment')} rows={2} value={form.comment} onChange={(event) => form.setComment(event.target.value)} />
      <Ends form={form} words={t('verdict.recordAgree')} />
    </div>
  );
}

function Disagree({ reading, form }: { reading: ReadingView | undefined; form: VerdictForm }) {
  const { t } = useTranslation('reading-room');
  const { room } = useInside();
  const region = useRoom((state) => state.region);
  const drawing = useRoom((state) => state.tool === 'region');
  const group = useRef<HTMLDivElement>(null);
  const classes = reading?.answer.kind === 'assessed' ? reading.answer.classes : [];
  useEffect(() => group.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  return (
    <div className={styles.form} role="group" aria-label={t('verdict.disagree')} ref={group}>
      {classes.length > 0 && (
        <fieldset>
          <legend>{t('verdict.whichClass')}</legend>
          {classes.map((one, i) => (
            <label key={one.id} className={styles.choice}>
              <input type="radio" name="verdict-class" checked={form.chosen === one.id} onChange={() => form.choose(one.id)} />
              <span>{one.name}</span>
              <Kbd chord={String(i + 1)} />
            </label>
          ))}
          <p className={styles.quiet}>{t('verdict.numberRecords')}</p>
        </fieldset>
      )}
      <TextArea label={t(classes.length > 0 ? 'verdict.comment' : 'verdict.ownWords')} rows={2} value={form.comment} onChange={(event) => form.setComment(event.target.value)} />
      <div className={styles.region}>
        <Button kind="plain" icon={Square} aria-pressed={drawing} onClick={() => room.getState().setTool(drawing ? 'window' : 'region')}>{t(region ? 'verdict.redraw' : 'verdict.draw')}</Button>
        {drawing && <span className={styles.quiet} role="status">{t('verdict.drawing')}</span>}
        {region && !drawing && <Button kind="quiet" icon={X} onClick={() => room.getState().setRegion(null)}>{t('verdict.dropRegion')}</Button>}
      </div>
      <Ends form={form} words={t('verdict.recordDisagree')} />
    </div>
  );
}

function Ends({ form, words }: { form: VerdictForm; words: string }) {
  const { t } = useTranslation('reading-room');
  return (
    <div className={styles.buttons}>
      <Button kind="primary" data-record busy={form.busy} disabled={!form.ready} action="reading-room.record" onClick={() => form.record()}>{words}</Button>
      <Button kind="quiet" action="reading-room.cancel" onClick={form.close}>{t('verdict.cancel')}</Button>
    </div>
  );
}
