// Whose work waits at a window behind this one. Going there takes no sign-in: that window is locked and asks for its owner.
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure, switchTo, type Failure } from '../host';
import { useView } from '../host/query';
import { Problem } from '../shared/ui';
import styles from './session.module.css';

export function Others() {
  const { t } = useTranslation('session');
  const people = useView('session.people', null);
  const [error, setError] = useState<Failure | null>(null);
  if (people.data === undefined || people.data.length === 0) return null;
  const go = (window: string) => switchTo(window).catch((thrown: unknown) => setError(asFailure(thrown)));
  return (
    <section className={styles.others} aria-labelledby="others-title">
      <h2 id="others-title">{t('others.title')}</h2>
      <ul>
        {people.data.map(({ window, name, role }) => (
          <li key={window}>
            <button type="button" onClick={() => void go(window)}>
              <UserRound size={16} aria-hidden />
              <span><bdi>{name ?? t('others.patient')}</bdi></span>
              <span className={styles.role}>{t(`common:role.${role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      {error !== null && <Problem error={error} small />}
    </section>
  );
}
