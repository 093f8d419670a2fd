import { BadgeCheck, BookOpen, RefreshCw, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Language, ReviewRow } from '../bindings/types';
import { showDate } from '../i18n/dates';
import { directionOf } from '../shared/languages';
import { Button, Chip } from '../shared/ui';
import styles from './phrases.module.css';

interface RowProps {
  row: ReviewRow;
  language: Language;
  current: boolean;
  busy: boolean;
  onFocus: () => void;
  onApprove: () => void;
  onWithdraw: () => void;
}

/** One phrase in English and in the reviewer's language, and where it stands. */
export function Row({ row, language, current, busy, onFocus, onApprove, onWithdraw }: RowProps) {
  const { t } = useTranslation('phrases');
  const { standing } = row;
  return (
    <li className={styles.row} data-current={current || undefined} aria-current={current || undefined} onFocusCapture={onFocus}>
      <p className={styles.situation}>{row.situation}</p>
      <p className={styles.text} lang="en" dir="ltr"><Words text={row.english} /></p>
      <p className={styles.text} lang={language} dir={directionOf(language)}><Words text={row.text} /></p>
      <div className={styles.standing}>
        {standing.state === 'unreviewed' && <Chip tone="outline" icon={BookOpen}>{t('standing.unreviewed')}</Chip>}
        {standing.state === 'professional' && <Chip tone="good" icon={BadgeCheck}>{t('standing.professional', { source: standing.source })}</Chip>}
        {standing.state === 'approved' && <Chip tone="good" icon={BadgeCheck}>{t('standing.approved', { by: standing.by, at: showDate(standing.at) })}</Chip>}
        {standing.state === 'changed' && <Chip tone="outline" icon={RefreshCw}>{t('standing.changed', { by: standing.by, at: showDate(standing.at) })}</Chip>}
        {(standing.state === 'unreviewed' || standing.state === 'changed') && <Button kind={current ? 'primary' : 'plain'} icon={BadgeCheck} busy={busy} {...(current ? { action: 'phrases.approve' } : {})} onClick={onApprove}>{t('approve')}<span className="unseen">: {row.english}</span></Button>}
        {standing.state === 'approved' && <Button kind="quiet" icon={Undo2} busy={busy} onClick={onWithdraw}>{t('withdraw')}<span className="unseen">: {row.english}</span></Button>}
      </div>
    </li>
  );
}

/** The words with their gaps marked: what fills them comes later. */
function Words({ text }: { text: string }) {
  return text.split(/(\{\w+\})/).map((piece, index) => (/^\{\w+\}$/.test(piece) ? <code key={index} className={styles.gap}>{piece.slice(1, -1)}</code> : piece));
}
