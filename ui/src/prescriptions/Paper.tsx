// A prescription as the paper that it is, or will become.
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { OrderView, PatientView } from '../bindings/types';
import { showBirth, showMoment } from '../i18n/dates';
import { allergySentence } from '../shared/allergies';
import styles from './prescriptions.module.css';
import { useOrderWords } from './words';

interface PaperProps {
  order: OrderView;
  patient?: PatientView;
  /** As people call it; none while it is being written. */
  number?: string;
  /** Who signed it, and when. */
  signed?: { by: string; at: string; holds: boolean };
  given?: string;
}

export function Paper({ order, patient, number, signed, given }: PaperProps) {
  const { t } = useTranslation('prescriptions');
  const { counted, often, long } = useOrderWords();
  const quantity = counted(order.quantity);
  const needed = order.as_needed;
  return (
    <article className={styles.paper} aria-label={number === undefined ? t('order.paper') : t('number', { number })}>
      {patient && (
        <header>
          <p><strong><bdi>{patient.name}</bdi></strong> <span className="numbers">{patient.birth_date !== null && t('paper.born', { date: showBirth(patient.birth_date) })}</span> <span className="numbers">{patient.number}</span></p>
          <p className={styles.quiet}>{allergySentence(patient.allergies)}</p>
        </header>
      )}
      <h2><bdi className="numbers">{order.medicine} {order.strength}</bdi></h2>
      <p className={styles.quiet}>{t(`form.${order.form}`)}</p>
      <p className={styles.dose}><bdi>{counted(order.dose)}</bdi>, {t(`route.${order.route}`)}, {often(order.frequency)}</p>
      <dl>
        {needed !== null && <><dt>{t('paper.needed')}</dt><dd>{t('paper.neededLine', { count: needed.hours_between, reason: needed.reason, most: counted(needed.most_in_a_day) })}</dd></>}
        {order.frequency.kind !== 'once' && <><dt>{t('paper.long')}</dt><dd>{long(order.duration)}</dd></>}
        <dt>{t('paper.quantity')}</dt><dd><bdi>{order.repeats === 0 ? quantity : t('paper.repeats', { count: order.repeats, quantity })}</bdi></dd>
        <dt>{t('paper.for')}</dt><dd><bdi>{order.indication}</bdi></dd>
        {order.instructions !== '' && <><dt>{t('paper.instructions')}</dt><dd><bdi>{order.instructions}</bdi></dd></>}
        <dt>{t('paper.substitution')}</dt><dd>{t(order.substitution ? 'paper.may' : 'paper.mayNot')}</dd>
      </dl>
      <footer>
        {signed === undefined
          ? <span>{t('paper.draft')}</span>
          : signed.holds ? <span>{t('paper.signedBy', { name: signed.by, at: showMoment(signed.at) })}</span> : <span className={styles.broken} role="alert"><ShieldAlert size={16} aria-hidden />{t('paper.broken')}</span>}
        {given !== undefined && <span className="numbers">{given}</span>}
        {number !== undefined && <span className="numbers">{number}</span>}
      </footer>
    </article>
  );
}
