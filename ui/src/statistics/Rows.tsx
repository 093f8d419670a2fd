// The rows that a figure counts: ids, dates and kinds, never a name.
import { ListX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { FigureView } from '../bindings/types';
import { usePages } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Button, Dialog, Empty, Problem, Skeleton } from '../shared/ui';
import { useTime } from './time';
import styles from './statistics.module.css';

/** Which figure was asked about, and in which words. */
export interface Asked {
  title: string;
  counted: FigureView;
  from: string;
  to: string;
}

export function Rows({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useTranslation('statistics');
  const time = useTime();
  const pages = usePages('statistics.rows', { counted: asked.counted, from: asked.from, to: asked.to, limit: 100 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const timed = asked.counted.of === 'reports';
  return (
    <Dialog open onOpenChange={onClose} size="large" title={asked.title} description={t('rows.hint')}>
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={8} />}
      {pages.data && rows.length === 0 && <Empty icon={ListX} title={t('rows.none')} />}
      {rows.length > 0 && (
        <>
          <div>
            <table className={styles.table}>
              <thead><tr><th scope="col">{t('rows.at')}</th><th scope="col">{t('rows.what')}</th><th scope="col">{t('rows.patient')}</th>{timed && <th scope="col" className={styles.numeric}>{t('rows.took')}</th>}<th scope="col">{t('rows.id')}</th></tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="numbers">{showMoment(row.at)}</td><td>{t(`kind.${row.kind}`)} <bdi>{row.what}</bdi></td><td className="numbers">{row.patient_number}</td>
                    {timed && <td className={styles.numeric}>{row.ms === null ? '' : time(row.ms)}</td>}
                    <td><code className={styles.id} dir="ltr">{row.id}</code></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {pages.hasNextPage && <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('rows.more')}</Button>}
        </>
      )}
    </Dialog>
  );
}
