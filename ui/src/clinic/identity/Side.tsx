import { useTranslation } from 'react-i18next';

import type { PairView } from '../../bindings/types';
import { showBirth, showDate } from '../../i18n/dates';
import { showCount } from '../../i18n/numbers';
import { allergySentence } from '../../shared/allergies';
import { useGo } from '../../shared/go';
import { Button } from '../../shared/ui';
import styles from './identity.module.css';

/** One record of a pair; what differs from the other is marked, and not by colour alone. */
export function Side({ pair, at }: { pair: PairView; at: 0 | 1 }) {
  const { t } = useTranslation('identity');
  const go = useGo();
  const [mine, other] = at === 0 ? [pair.older, pair.newer] : [pair.newer, pair.older];
  const born = (date: string | null) => (date === null ? t('common:notKnown') : showBirth(date));
  const rows: [string, string, boolean][] = [
    [t('common:patient.name'), mine.name, mine.name !== other.name],
    [t('common:patient.born'), born(mine.birth_date), mine.birth_date !== other.birth_date],
    [t('common:patient.sex'), t(`common:sex.${mine.sex}`), mine.sex !== other.sex],
    [t('common:patient.externalId'), mine.external_id ?? t('common:none'), mine.external_id !== other.external_id],
    [t('allergies'), allergySentence(mine.allergies), allergySentence(mine.allergies) !== allergySentence(other.allergies)],
    [t('scans'), showCount(pair.scans[at]), false],
    [t('account'), t(pair.accounts[at] ? 'yes' : 'no'), false],
    [t('made'), showDate(pair.created[at]), false],
  ];
  return (
    <section className={styles.side} aria-label={mine.number}>
      <header><span className="numbers">{mine.number}</span><Button kind="quiet" onClick={() => go.chart(mine.id)}>{t('open')}</Button></header>
      <dl>
        {rows.map(([name, value, differs]) => <div key={name} data-differs={differs || undefined}><dt>{name}</dt><dd><bdi>{value}</bdi>{differs && <span className={styles.differs}>{t('differs')}</span>}</dd></div>)}
      </dl>
    </section>
  );
}
