import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../bindings/types';
import styles from './Assistant.module.css';
import type { Scope } from './talk';

/** What is asked about, in plain sight: never a question about a patient by accident. */
export function Scopes({ scope, patient, own, onChange }: { scope: Scope; patient: PatientView | null; own: boolean; onChange: (about: Scope['about']) => void }) {
  const { t } = useTranslation('assist');
  const choices: { about: Scope['about']; name: ReactNode }[] = [{ about: 'app', name: t('scope.app') }];
  if (own) choices.push({ about: 'reports', name: t('scope.reports') });
  if (patient !== null) {
    choices.unshift({ about: 'chart', name: <>{t('scope.about')} <bdi className={styles.name}>{patient.name}</bdi>, <span className="numbers">{patient.number}</span></> });
  }
  if (choices.length === 1) return <p className={styles.scope}>{t('scope.app')}</p>;
  return (
    <fieldset className={styles.scopes}>
      <legend className="unseen">{t('scope.label')}</legend>
      {choices.map(({ about, name }) => (
        <label key={about} data-on={about === scope.about || undefined}>
          <input type="radio" name="assist-scope" checked={about === scope.about} onChange={() => onChange(about)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
