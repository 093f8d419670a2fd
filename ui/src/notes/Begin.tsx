// The ways to a draft, and what stands in them: too few words, no engine, a draft under way.
import { PenLine, Quote, Sparkle, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { NoteDesk, NoteProgress } from '../bindings/types';
import { call } from '../host';
import { useCommand } from '../host/query';
import { showCount } from '../i18n/numbers';
import { Button, Dialog, Problem } from '../shared/ui';
import styles from './note.module.css';
import { shown } from './use-lines';

interface BeginProps {
  desk: NoteDesk;
  progress: NoteProgress | null;
  begun: boolean;
  onByHand: () => void;
}

export function Begin({ desk, progress, begun, onByHand }: BeginProps) {
  const { t } = useTranslation('notes');
  const draft = useCommand('notes.draft');
  const [again, setAgain] = useState<'engine' | 'extract' | null>(null);
  const stage = progress?.stage;
  const few = desk.words < desk.needed;
  const go = (way: 'engine' | 'extract') => {
    setAgain(null);
    draft.mutate({ consultation_id: desk.consultation_id, job: crypto.randomUUID(), by_engine: way === 'engine' }, { onSuccess: shown });
  };
  // A new draft stands over what was written; that stays in the history, but nobody is surprised by it.
  const ask = (way: 'engine' | 'extract') => (desk.note !== null && desk.note.newest.kind !== 'drafted' ? setAgain(way) : go(way));

  if (stage?.kind === 'asking') {
    return (
      <div className={styles.begin} role="status">
        <p className={styles.lead}>{t('drafting.asking', { name: desk.engine ?? '' })}{stage.of > 1 && ` ${t('drafting.part', { part: stage.part, of: stage.of })}`}</p>
        <progress className={styles.progress} aria-label={t('drafting.label')} {...(stage.of > 1 ? { value: stage.part - 1, max: stage.of } : {})} />
        <p className={styles.quiet}>{t('drafting.checked')}</p>
        <div><Button icon={X} onClick={() => void call('notes.cancel', { job: progress?.job ?? '' })}>{t('drafting.cancel')}</Button></div>
      </div>
    );
  }
  if (!desk.mine) return desk.note === null ? <p className={styles.lead}>{t('begin.notYours')}</p> : null;
  const failed = draft.error ?? (stage?.kind === 'failed' ? stage.problem : null);
  const ways = (
    <div className={styles.ways}>
      {desk.engine !== null && <Button kind={desk.note === null ? 'primary' : 'quiet'} icon={Sparkle} disabled={few} busy={draft.isPending} onClick={() => ask('engine')}>{t('begin.engine', { name: desk.engine })}</Button>}
      <Button kind={desk.note === null && desk.engine === null ? 'primary' : desk.note === null ? 'plain' : 'quiet'} icon={Quote} disabled={few} busy={draft.isPending} onClick={() => ask('extract')}>{t('begin.extract')}</Button>
      {!begun && <Button icon={PenLine} onClick={onByHand}>{t('begin.byHand')}</Button>}
    </div>
  );
  return (
    <>
      {failed !== null && failed !== undefined && <Problem error={failed} small />}
      {stage?.kind === 'cancelled' && <p className={styles.quiet} role="status">{t('drafting.cancelled')}</p>}
      {!begun && (
        <div className={styles.begin}>
          <h2>{t('begin.title')}</h2>
          {few
            ? <p className={styles.lead}>{t('begin.few', { words: showCount(desk.words), needed: showCount(desk.needed) })}</p>
            : <p className={styles.lead}>{t(desk.engine === null ? 'begin.noEngine' : 'begin.hint', { name: desk.engine ?? '' })}</p>}
          <Unwritten desk={desk} />
          {ways}
          {desk.engine !== null && !few && <p className={styles.quiet}>{t('begin.leaves', { name: desk.engine })}</p>}
        </div>
      )}
      {begun && desk.note?.newest.kind !== 'signed' && <div className={styles.again}><Unwritten desk={desk} />{ways}</div>}
      {again !== null && (
        <Dialog open size="small" onOpenChange={() => setAgain(null)} title={t('again.title')} footer={<><Button onClick={() => setAgain(null)}>{t('again.no')}</Button><Button kind="primary" onClick={() => go(again)}>{t('again.yes')}</Button></>}>
          <p>{t('again.hint')}</p>
        </Dialog>
      )}
    </>
  );
}

function Unwritten({ desk: { unwritten } }: { desk: NoteDesk }) {
  const { t } = useTranslation('notes');
  return unwritten === 0 ? null : <p className={styles.quiet}>{t('begin.unwritten', { count: unwritten })}</p>;
}
