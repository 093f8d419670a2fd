import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { Dialog } from '../shared/ui';
import styles from './About.module.css';

export function About({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const setup = useView('setup.status', null);
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('product')} description={setup.data === undefined ? '' : t('about.version', { version: setup.data.version })}>
      <p className={styles.warning}>{t('about.notForDiagnosis')}</p>
      <p>{t('about.what')}</p>
      <p>{t('about.ai')}</p>
      <p>{t('about.data')}</p>
      <p>{t('about.licence')}</p>
    </Dialog>
  );
}
