import { Download, HardDrive, KeyRound, UserRound, Wifi, WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { BackupInBar } from '../backup';
import { useView } from '../host/query';
import { useImports } from '../imaging';
import { LiveState, useRunning } from '../live';
import { OutboxState } from '../reports';
import { useMay, useSession } from '../shared/session-store';
import styles from './BottomBar.module.css';

/** The honest state: only what is true now, and only of parts that exist. */
export function BottomBar() {
  const { t } = useTranslation('frame');
  const { name, role, clinic_name } = useSession((session) => session);
  const online = useOnline();
  // Only a consultation with a phone needs one.
  const needed = useRunning()?.some(({ connection }) => connection.state !== 'not_needed') ?? false;
  const setup = useView('setup.status', null);
  const models = useView('models.list', null, { enabled: useMay('reading.read') });
  const ready = models.data?.filter(({ enabled, state }) => enabled && state.kind === 'ready').length;
  return (
    <footer className={styles.bar} data-pane tabIndex={-1} aria-label={t('state.label')}>
      <span><UserRound size={13} aria-hidden />{t('state.signedIn', { name, role: t(`common:role.${role}`) })}</span>
      <span>{clinic_name}</span>
      <span>{online ? <Wifi size={13} aria-hidden /> : <WifiOff size={13} aria-hidden />}{t(`state.${online ? 'online' : 'offline'}${needed ? 'Needed' : ''}`)}</span>
      {ready !== undefined && <span>{ready === 0 ? t('state.noModels') : t('state.models', { count: ready })}</span>}
      {setup.data !== undefined && (
        <span className={setup.data.key_store === 'plain_file' ? styles.danger : undefined}>
          {setup.data.key_store === 'keychain' ? <KeyRound size={13} aria-hidden /> : <HardDrive size={13} aria-hidden />}
          {t(`state.keys.${setup.data.key_store}`)}
        </span>
      )}
      <BackupInBar />
      <OutboxState />
      <LiveState />
      <ImportState />
    </footer>
  );
}

function ImportState() {
  const { t } = useTranslation('frame');
  const jobs = useImports((state) => state.jobs);
  if (jobs.length === 0) return null;
  const running = jobs.filter(({ finished }) => !finished);
  const waiting = jobs.flatMap(({ items }) => items).filter(({ outcome }) => outcome.kind === 'needs_patient' || outcome.kind === 'identity_differs').length;
  const done = running.reduce((sum, job) => sum + job.done, 0);
  const found = running.reduce((sum, job) => sum + job.found, 0);
  return (
    <button type="button" className={styles.imports} onClick={() => useImports.setState({ panelOpen: true })}>
      <Download size={13} aria-hidden />
      {running.length > 0 ? t('state.importing', { done, found }) : t('state.imported')}
      {waiting > 0 && <strong>{t('state.questions', { count: waiting })}</strong>}
    </button>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}
