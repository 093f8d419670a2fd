import { useTranslation } from 'react-i18next';

import type { LanRoomView } from '../../bindings/types';
import { CertificateNote } from '../../shared/ui/CertificateNote';
import styles from './ways.module.css';

/** What a phone shows when it comes to the room on this network, and what to do about it. */
export function LanNote({ lan }: { lan: LanRoomView }) {
  const { t } = useTranslation('live');
  return (
    <div className={styles.lan}>
      <p><strong>{t('lan.title')}</strong> {t('lan.same')}</p>
      {!lan.trusted && <CertificateNote lan={lan} />}
    </div>
  );
}
