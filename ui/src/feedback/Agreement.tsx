// How often clinicians agreed with each version of a model – in all, by class, by modality, beyond chance – and whether its
// scores have moved since its first readings here. What each figure is worth is said beside it.
import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ShareView, VersionAgreement, VersionDrift } from '../bindings/types';
import { useView } from '../host/query';
import { showCount, showPercent } from '../i18n/numbers';
import { openModelCard } from '../shared/dialogs';
import { AiMark, Button, Empty, Page, Panel, Problem, Skeleton } from '../shared/ui';
import { DriftSection } from './Drift';
import styles from './feedback.module.css';
import { Pairs } from './Pairs';

/** Below this many verdicts a share says little, and it is said. */
const FEW = 30;

export function Agreement() {
  const { t } = useTranslation('feedback');
  const rows = useView('feedback.agreement', null);
  const drift = useView('feedback.drift', null);
  return (
    <Page title={t('agreement.title')} hint={t('agreement.hint')}>
      {rows.error && <Problem error={rows.error} retry={() => void rows.refetch()} />}
      {rows.isPending && <Skeleton rows={6} />}
      {rows.data?.length === 0 && <Empty icon={Activity} title={t('agreement.none')} hint={t('agreement.noneHint')} />}
      {rows.data !== undefined && rows.data.length > 0 && <p className={styles.caveat}>{t('agreement.caveat')}</p>}
      {rows.data?.map((row) => <Version key={row.sha256} row={row} drift={drift.data?.find(({ sha256 }) => sha256 === row.sha256)} />)}
      {drift.error && <Problem error={drift.error} small retry={() => void drift.refetch()} />}
    </Page>
  );
}

function Version({ row, drift }: { row: VersionAgreement; drift: VersionDrift | undefined }) {
  const { t } = useTranslation('feedback');
  return (
    <Panel title={`${row.model_id} ${row.version}`} aside={<><AiMark /><Button kind="quiet" onClick={() => openModelCard(row.model_id)}>{t('reading:card.open')}</Button></>}>
      {row.all.of === 0 ? <p>{t('agreement.noVerdicts')}</p> : (
        <div className={styles.parts}>
          <p className={styles.headline}><strong className="numbers">{showPercent(row.all.hits / row.all.of)}</strong><span>{t('agreement.of', { agreed: showCount(row.all.hits), count: row.all.of, verdicts: showCount(row.all.of) })}</span></p>
          <table className={styles.table}>
            <thead><tr><th scope="col">{t('share.what')}</th><th scope="col" className={styles.numeric}>{t('share.share')}</th><th scope="col">{t('share.interval')}</th><th scope="col" className={styles.numeric}>{t('share.verdicts')}</th></tr></thead>
            <tbody>
              <Share share={row.all} name={t('share.all')} />
              {row.by_class.map((share) => <Share key={`c ${share.key}`} share={share} name={t('share.class', { name: share.name ?? share.key })} />)}
              {row.by_modality.map((share) => <Share key={`m ${share.key}`} share={share} name={t(`worklist:modalities.${share.key}`, { defaultValue: share.key })} />)}
            </tbody>
          </table>
          <Kappa row={row} />
          <Pairs row={row} />
        </div>
      )}
      {drift !== undefined && <DriftSection drift={drift} />}
      <dl className={styles.facts}>
        <dt>{t('agreement.readings')}</dt><dd>{showCount(row.readings)}</dd>
        <dt>{t('agreement.notAssessed')}</dt><dd>{showCount(row.not_assessed)}{row.readings > 0 && ` (${showPercent(row.not_assessed / row.readings)})`}</dd>
        <dt>{t('reading:card.sha')}</dt><dd className={styles.hash}>{row.sha256}</dd>
      </dl>
    </Panel>
  );
}

function Share({ share, name }: { share: ShareView; name: string }) {
  const { t } = useTranslation('feedback');
  const range = t('share.from', { low: showPercent(share.low), high: showPercent(share.high) });
  return (
    <tr>
      <th scope="row"><bdi>{name}</bdi></th>
      <td className={styles.numeric}>{share.of === 0 ? t('common:none') : showPercent(share.hits / share.of)}</td>
      <td>
        <span className={styles.track} aria-hidden><span className={styles.range} style={{ insetInlineStart: `${share.low * 100}%`, inlineSize: `${(share.high - share.low) * 100}%` }} />{share.of > 0 && <span className={styles.point} style={{ insetInlineStart: `${(share.hits / share.of) * 100}%` }} />}</span>
        <span className="numbers">{range}</span>{share.of < FEW && <span className={styles.quiet}> {t('share.few')}</span>}
      </td>
      <td className={styles.numeric}>{showCount(share.of)}</td>
    </tr>
  );
}

function Kappa({ row: { kappa } }: { row: VersionAgreement }) {
  const { t } = useTranslation('feedback');
  if (kappa === null) return <p className={styles.quiet}>{t('kappa.none')}</p>;
  const two = (value: number) => value.toFixed(2);
  return <p><span>{t('kappa.title')}</span> <strong className="numbers">{two(kappa.kappa)}</strong> <span className="numbers">{t('kappa.interval', { low: two(kappa.low), high: two(kappa.high), count: kappa.of, of: showCount(kappa.of) })}</span> <span className={styles.quiet}>{t('kappa.means')}</span></p>;
}
