// A patient at the kiosk: what is here, one thing a card, in plain words. 18 px and 48 px; nothing of the AI's.
import { ChevronRight, FileHeart, FileText, MessagesSquare, Pill, ScanEye, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { useGo } from '../shared/go';
import { usePatientOnScreen } from '../shared/patient';
import { useMay } from '../shared/session-store';
import { Page, Problem } from '../shared/ui';
import styles from './own-home.module.css';

export function OwnHome() {
  const { t } = useTranslation('home');
  const identity = useView('own.identity', null);
  usePatientOnScreen(identity.data);
  const scans = useView('own.scans', null);
  const reports = useView('own.reports', null);
  const talks = useView('own.consultations', { cursor: null, limit: 200 });
  const prescriptions = useMay('own.prescriptions');
  const waiting = scans.data?.filter(({ verdict }) => verdict === null).length ?? 0;
  const told = (problem: unknown, count: number | undefined, key: string) => (problem ? t('own.problem') : count === undefined ? '…' : count === 0 ? t('own.noneYet') : t(`own.${key}`, { count }));
  return (
    <Page title={identity.data === undefined ? t('own.titlePlain') : t('own.title', { name: identity.data.name })} hint={t('own.hint')}>
      {identity.error && <Problem error={identity.error} />}
      <ul className={styles.cards}>
        <Card icon={FileHeart} to="/my-scans" title={t('own.scansTitle')} told={told(scans.error, scans.data?.length, 'scans')} {...(waiting > 0 ? { more: t('own.waiting', { count: waiting }) } : {})} />
        <Card icon={FileText} to="/my-reports" title={t('own.reportsTitle')} told={told(reports.error, reports.data?.length, 'reports')} />
        {prescriptions && <Card icon={Pill} to="/my-prescriptions" title={t('own.prescriptionsTitle')} told={t('own.prescriptions')} />}
        <Card icon={MessagesSquare} to="/my-consultations" title={t('own.talksTitle')} told={talks.data?.next != null ? t('own.manyTalks') : told(talks.error, talks.data?.rows.length, 'talks')} />
        <Card icon={ScanEye} to="/who-saw" title={t('own.whoTitle')} told={t('own.who')} />
      </ul>
      <p className={styles.foot}>{t('own.foot')}</p>
    </Page>
  );
}

function Card({ icon: Icon, to, title, told, more }: { icon: LucideIcon; to: string; title: string; told: string; more?: string }) {
  const go = useGo();
  return (
    <li>
      <button type="button" className={styles.card} onClick={() => go.to(to)}>
        <Icon size={32} aria-hidden className={styles.icon} />
        <span className={styles.words}><strong>{title}</strong><span>{told}</span>{more !== undefined && <span>{more}</span>}</span>
        <ChevronRight size={24} aria-hidden className={styles.onward} />
      </button>
    </li>
  );
}
