import { useTranslation } from 'react-i18next';

import { Button } from '../shared/ui';
import styles from './setup.module.css';
import { StepPage } from './Steps';

export function DoneStep({ clinicName, hasDoctor, onDone }: { clinicName: string; hasDoctor: boolean; onDone: () => void }) {
  const { t } = useTranslation('setup');
  return (
    <StepPage step="done" title={t('done.title', { name: clinicName })} hint={t('done.hint')} buttons={<Button kind="primary" onClick={onDone}>{t('done.go')}</Button>}>
      <ul className={styles.promises}>
        <li><span aria-hidden>1</span>{hasDoctor ? t('done.doctor') : t('done.noDoctor')}</li>
        <li><span aria-hidden>2</span>{t('done.scans')}</li>
        <li><span aria-hidden>3</span>{t('done.help')}</li>
      </ul>
    </StepPage>
  );
}
