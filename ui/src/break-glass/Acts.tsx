import { useTranslation } from 'react-i18next';

import { usePages } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Button, Problem, Skeleton } from '../shared/ui';
import styles from './break-glass.module.css';

/** What was read and done under an emergency access, from the journal. */
export function Acts({ id }: { id: string }) {
  const { t } = useTranslation('break-glass');
  const pages = usePages('break_glass.acts', { id, limit: 100 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.error) return <Problem error={pages.error} small retry={() => void pages.refetch()} />;
  if (pages.isPending) return <Skeleton rows={3} />;
  return (
    // A region that scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('reviews.acts', { count: rows.length })}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{t('acts.at')}</th><th scope="col">{t('acts.what')}</th><th scope="col">{t('acts.row')}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}><td className="numbers">{showMoment(row.at)}</td><td>{t(`journal:plain.${row.verb}`, { defaultValue: row.verb })}</td><td className="numbers">{row.number}</td></tr>
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('reviews.more')}</Button>}
    </div>
  );
}
