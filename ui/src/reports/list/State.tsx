import { FilePen, FileX, Hourglass, LockKeyhole, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ReportState } from '../../bindings/types';
import styles from './list.module.css';

/** What is final is locked: its icon says so in every list. */
const ICONS: Record<ReportState, LucideIcon> = { draft: FilePen, preliminary: Hourglass, final: LockKeyhole, amended: LockKeyhole, appended: LockKeyhole, entered_in_error: FileX };

/** Where a report stands, in a word beside its icon. */
export function State({ state }: { state: ReportState }) {
  const { t } = useTranslation('reports');
  const Icon = ICONS[state];
  return <span className={styles.state}><Icon size={14} aria-hidden /><span>{t(`state.${state}`)}</span></span>;
}
