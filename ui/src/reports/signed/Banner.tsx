import { FilePen, FileX, Hourglass, LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { isFinal } from '../sections';
import styles from './signed.module.css';

/** Where the report stands and what that means, in a sentence. */
export function Banner({ report: { state, signings, drafting, draft, mine, author } }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const last = signings.at(-1);
  const Icon = state === 'entered_in_error' ? FileX : state === 'preliminary' ? Hourglass : isFinal(state) ? LockKeyhole : FilePen;
  return (
    <section className={styles.banner} data-state={state} aria-label={t('list.state')}>
      <Icon size={18} aria-hidden />
      <strong>{t(`state.${state}`)}</strong>
      <p>{t(`signed.means.${state}`, { author })}</p>
      {last !== undefined && <p className={styles.small}>{t('signed.by', { by: last.by, at: showMoment(last.at) })}</p>}
      {drafting !== null && !(mine && draft !== null) && <p className={styles.small}>{t('signed.drafting', { author, at: showMoment(drafting) })}</p>}
      {last !== undefined && last.reason !== '' && <p><span className={styles.small}>{t('signed.reason')}</span> <bdi>{last.reason}</bdi></p>}
    </section>
  );
}
