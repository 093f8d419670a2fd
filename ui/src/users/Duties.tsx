import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import styles from './users.module.css';

/** What a person would leave behind, before their account changes. */
export function Duties({ id }: { id: string }) {
  const { t } = useTranslation('users');
  const { data } = useView('users.duties', { id });
  const left = data === undefined ? [] : [
    ...(data.restricted === 0 ? [] : [t('duties.restricted', { count: data.restricted })]),
    ...(data.drafts === 0 ? [] : [t('duties.drafts', { count: data.drafts })]),
    ...(data.consultations === 0 ? [] : [t('duties.consultations', { count: data.consultations })]),
  ];
  if (left.length === 0) return null;
  return (
    <div className={styles.duties}>
      <TriangleAlert size={16} aria-hidden />
      <div><strong>{t('duties.title')}</strong><ul>{left.map((line) => <li key={line}>{line}</li>)}</ul></div>
    </div>
  );
}
