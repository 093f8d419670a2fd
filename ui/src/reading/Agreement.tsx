// How often clinicians agreed with each version of a model, with what that figure is worth.
import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { AgreementRow } from '../bindings/types';
import { useView } from '../host/query';
import { showCount, showPercent } from '../i18n/numbers';
import { openModelCard } from '../shared/dialogs';
import { AiMark, Button, Empty, Page, Panel, Problem, Skeleton } from '../shared/ui';
import styles from './reading.module.css';

/** Below this many verdicts a share says little, and it is said. */
const FEW = 30;

export function Agreement() {
  const { t } = useTranslation('reading');
  const rows = useView('reading.agreement', null);
  return (
    <Page title={t('agreement.title')} hint={t('agreement.hint')}>
      {rows.error && <Problem error={rows.error} retry={() => void rows.refetch()} />}
      {rows.isPending && <Skeleton rows={4} />}
      {rows.data?.length === 0 && <Empty icon={Activity} title={t('agreement.none')} hint={t('agreement.noneHint')} />}
      {rows.data?.map((row) => <Version key={row.sha256} row={row} />)}
    </Page>
  );
}

function Version({ row }: { row: AgreementRow }) {
  const { t } = useTranslation('reading');
  const share = row.verdicts === 0 ? null : row.agreed / row.verdicts;
  return (
    <Panel title={`${row.model_id} ${row.version}`} aside={<><AiMark /><Button kind="quiet" onClick={() => openModelCard(row.model_id)}>{t('card.open')}</Button></>}>
      {share === null ? <p>{t('agreement.noVerdicts')}</p> : (
        <>
          <p className={styles.headline}>
            <strong className="numbers">{showPercent(share)}</strong>
            <span>{t('agreement.of', { agreed: showCount(row.agreed), verdicts: showCount(row.verdicts) })}</span>
          </p>
          <div className={styles.interval} role="img" aria-label={t('agreement.interval', { low: showPercent(row.low), high: showPercent(row.high) })}>
            <span className={styles.range} style={{ insetInlineStart: `${row.low * 100}%`, inlineSize: `${(row.high - row.low) * 100}%` }} />
            <span className={styles.point} style={{ insetInlineStart: `${share * 100}%` }} />
          </div>
          <p className={[styles.quiet, 'numbers'].join(' ')}>{t('agreement.interval', { low: showPercent(row.low), high: showPercent(row.high) })}{row.verdicts < FEW && ` ${t('agreement.few')}`}</p>
        </>
      )}
      <dl className={styles.facts}>
        <dt>{t('agreement.readings')}</dt><dd>{showCount(row.readings)}</dd>
        <dt>{t('agreement.notAssessed')}</dt><dd>{showCount(row.not_assessed)}{row.readings > 0 && ` (${showPercent(row.not_assessed / row.readings)})`}</dd>
        <dt>{t('card.sha')}</dt><dd className={styles.hash}>{row.sha256}</dd>
      </dl>
    </Panel>
  );
}
