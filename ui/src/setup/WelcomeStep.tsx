import { Building2, DatabaseBackup, FlaskConical, HardDrive, Sparkle, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Failure } from '../host';
import { Alone, Button, Problem } from '../shared/ui';
import styles from './setup.module.css';

export function WelcomeStep({ error, busy, onClinic, onDemo, onRestore }: { error: Failure | null; busy: boolean; onClinic: () => void; onDemo: () => void; onRestore: () => void }) {
  const { t } = useTranslation('setup');
  return (
    <Alone wide title={t('welcome.title')} hint={t('welcome.hint')} foot={t('frame:about.notForDiagnosis')}>
      <ul className={styles.promises}>
        <li><WifiOff size={18} aria-hidden />{t('welcome.offline')}</li>
        <li><HardDrive size={18} aria-hidden />{t('welcome.sealed')}</li>
        <li><Sparkle size={18} aria-hidden />{t('welcome.ai')}</li>
      </ul>
      <div className={styles.choices}>
        <section className={styles.choice}>
          <div>
            <Building2 size={22} strokeWidth={1.5} aria-hidden />
            <h2>{t('welcome.clinic')}</h2>
            <p>{t('welcome.clinicHint')}</p>
          </div>
          <Button kind="primary" onClick={onClinic} disabled={busy}>{t('welcome.clinicGo')}</Button>
        </section>
        <section className={styles.choice}>
          <div>
            <FlaskConical size={22} strokeWidth={1.5} aria-hidden />
            <h2>{t('welcome.demo')}</h2>
            <p>{t('welcome.demoHint')}</p>
          </div>
          <Button onClick={onDemo} busy={busy}>{busy ? t('welcome.demoBusy') : t('welcome.demoGo')}</Button>
        </section>
      </div>
      {error && <Problem error={error} />}
      <div><Button kind="quiet" icon={DatabaseBackup} disabled={busy} onClick={onRestore}>{t('welcome.restore')}</Button></div>
    </Alone>
  );
}
