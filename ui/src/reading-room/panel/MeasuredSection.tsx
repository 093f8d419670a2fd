// What the model measured in the series, with how far it was off on others; or why it measured nothing, and what then.
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

import type { MeasuredValueView, MeasuredView } from '../../bindings/types';
import { showList } from '../../i18n/lists';
import { showInterval, showMeasured, sidesOf, type Row } from '../../shared/measured';
import styles from './MeasuredSection.module.css';

export function MeasuredSection({ measured }: { measured: MeasuredView }) {
  if (measured.missing !== null) return <Missing reason={measured.missing} />;
  return <Values measured={measured} />;
}

function Missing({ reason }: { reason: string }) {
  const { t, i18n } = useTranslation('measured');
  const key = i18n.exists(`measured:missing.${reason}`) ? reason : 'no-ratio';
  return (
    <div className={styles.missing} role="status">
      <p>{t('because', { reason: t(`missing.${key}`) })}</p>
      <p>{t(`next.${key}`)}</p>
    </div>
  );
}

function Values({ measured: { values, slices, phases, relative } }: { measured: MeasuredView }) {
  const { t } = useTranslation('measured');
  const { both, rest } = sidesOf(values);
  const used = [...(slices > 0 ? [t('slices', { count: slices })] : []), ...(phases > 0 ? [t('phases', { count: phases })] : [])];
  if (values.length === 0) return null;
  return (
    <div className={styles.measured}>
      <div>
        <h3 id="measured-title">{t('title')}</h3>
        {used.length > 0 && <p className={styles.quiet}>{t('used', { what: showList(used) })}</p>}
      </div>
      {both.length > 0 && <Both rows={both} />}
      {relative && <p className={styles.relative}>{t('relative')}</p>}
      {rest.length > 0 && (
        <details className={styles.more}>
          <summary>{t('ratios', { count: rest.length })}</summary>
          <Rest values={rest} />
        </details>
      )}
      <p className={styles.quiet}>{t('intervalMeans')} {!relative && t('intervalNone')}</p>
      <p className={styles.check}>{t('check')}</p>
    </div>
  );
}

/** The ventricles beside each other, as cardiac readers compare them: the ejection fractions and how far off they may be first. */
function Both({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('measured');
  return (
    <table className={styles.table} aria-labelledby="measured-title">
      <thead>
        <tr>
          <th scope="col"><span className="unseen">{t('head.what')}</span></th>
          <th scope="col">{t('part.left_ventricle')}</th>
          <th scope="col">{t('part.right_ventricle')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, left, right }) => {
          const intervals = [left, right].map((one) => one && showInterval(one));
          return (
            <Fragment key={name}>
              <tr data-row={name}>
                <th scope="row">{t(`both.${name}`)}</th>
                {[left, right].map((one, side) => <td key={side} className={styles.value}>{one && <bdi>{showMeasured(one)}</bdi>}</td>)}
              </tr>
              {intervals.some((words) => words) && (
                <tr className={styles.under}>
                  <th scope="row">{t('head.interval')}</th>
                  {intervals.map((words, side) => <td key={side}>{words && <bdi>{words}</bdi>}</td>)}
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Rest({ values }: { values: readonly MeasuredValueView[] }) {
  const { t } = useTranslation('measured');
  return (
    <table className={styles.table} aria-label={t('ratios', { count: values.length })}>
      <thead>
        <tr>
          <th scope="col"><span className="unseen">{t('head.what')}</span></th>
          <th scope="col">{t('head.value')}</th>
          <th scope="col">{t('head.interval')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map((one) => (
          <tr key={one.key} data-row={one.key}>
            <th scope="row">{t(`row.${one.key}`, { defaultValue: one.key })}</th>
            <td className={styles.value}><bdi>{showMeasured(one)}</bdi></td>
            <td className={styles.interval}><bdi>{showInterval(one)}</bdi></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
