import { useTranslation } from 'react-i18next';

import type { MeasuredView } from '../../bindings/types';
import { showList } from '../../i18n/lists';
import { showInterval, showMeasured, sidesOf } from '../../shared/measured';
import { useMeasuredWords } from '../../shared/measured-words';
import styles from './AiPart.module.css';

/** The values that a report takes: the ejection fractions, volumes and mass; or why there are none. */
export function AiMeasured({ measured: { values, missing, relative } }: { measured: MeasuredView }) {
  const { t } = useTranslation('measured');
  const { nameOf, whyNot } = useMeasuredWords();
  const { both } = sidesOf(values);
  if (missing !== null) return <p>{showList([t('outlined'), whyNot(missing)])}</p>;
  return (
    <>
      <ul className={styles.measured}>
        {both.flatMap(({ left, right }) => [left, right]).filter((one) => one !== null).map((one) => (
          <li key={one.key}><bdi>{nameOf(one.key)}</bdi><span className="numbers" dir="ltr">{showMeasured(one)}</span><span className={[styles.band, 'numbers'].join(' ')} dir="ltr">{showInterval(one)}</span></li>
        ))}
      </ul>
      {relative && <p className={styles.quiet}>{t('relative')}</p>}
    </>
  );
}
