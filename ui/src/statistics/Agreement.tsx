import { useTranslation } from 'react-i18next';

import type { FigureView } from '../bindings/types';
import { useView } from '../host/query';
import { showCount, showPercent } from '../i18n/numbers';
import { AiMark, Panel, Problem, Skeleton } from '../shared/ui';
import styles from './statistics.module.css';

/** How often doctors agreed with each version of a model, with what that share is worth (Wilson, 95 %). */
export function Agreement({ onOpen }: { onOpen: (title: string, counted: FigureView) => void }) {
  const { t } = useTranslation('statistics');
  const rows = useView('reading.agreement', null);
  return (
    <Panel title={t('agreement.title')} aside={<AiMark />}>
      {rows.error && <Problem error={rows.error} small />}
      {rows.isPending && <Skeleton rows={2} />}
      {rows.data?.length === 0 && <p className={styles.quiet}>{t('agreement.none')}</p>}
      {rows.data !== undefined && rows.data.length > 0 && (
        <div className={styles.tableBox}>
          <table className={styles.table}>
            <thead><tr><th scope="col">{t('agreement.model')}</th><th scope="col" className={styles.numeric}>{t('agreement.share')}</th><th scope="col">{t('agreement.interval')}</th><th scope="col" className={styles.numeric}>{t('agreement.agreed')}</th><th scope="col" className={styles.numeric}>{t('agreement.disagreed')}</th></tr></thead>
            <tbody>
              {rows.data.map((row) => {
                const model = `${row.model_id} ${row.version}`;
                const open = (agrees: boolean) => () => onOpen(t(agrees ? 'rows.agreedWith' : 'rows.disagreedWith', { model }), { of: 'verdicts', model_id: row.model_id, version: row.version, agrees });
                return (
                  <tr key={row.sha256}>
                    <th scope="row"><bdi>{model}</bdi></th>
                    <td className={styles.numeric}>{row.verdicts === 0 ? t('common:none') : showPercent(row.agreed / row.verdicts)}</td>
                    <td>
                      {row.verdicts > 0 && (
                        <span className={styles.interval}>
                          <span className={styles.track} aria-hidden><span className={styles.range} style={{ marginInlineStart: `${row.low * 100}%`, inlineSize: `${(row.high - row.low) * 100}%` }} /></span>
                          <span className="numbers">{t('agreement.from', { low: showPercent(row.low), high: showPercent(row.high) })}</span>
                        </span>
                      )}
                    </td>
                    <td className={styles.numeric}><button type="button" className={styles.link} aria-label={t('chart.bar', { label: t('rows.agreedWith', { model }), count: row.agreed, shown: showCount(row.agreed) })} onClick={open(true)}>{showCount(row.agreed)}</button></td>
                    <td className={styles.numeric}><button type="button" className={styles.link} aria-label={t('chart.bar', { label: t('rows.disagreedWith', { model }), count: row.verdicts - row.agreed, shown: showCount(row.verdicts - row.agreed) })} onClick={open(false)}>{showCount(row.verdicts - row.agreed)}</button></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
