import { useTranslation } from 'react-i18next';

import type { LanRoomView } from '../../bindings/types';
import styles from './CertificateNote.module.css';

/** A room on the local network has a certificate of its own: what the phone will say, and what to do. */
export function CertificateNote({ lan }: { lan: LanRoomView }) {
  const { t } = useTranslation();
  const groups = lan.fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase().match(/.{1,4}/g) ?? [];
  return (
    <details className={styles.note}>
      <summary>{t('certificate.title')}</summary>
      <ol>
        <li>{t('certificate.warns')}</li>
        <li>{t('certificate.goOn')}</li>
        <li>{t('certificate.safe')}</li>
      </ol>
      <p className={styles.quiet}>{t('certificate.fingerprint')}</p>
      <p className={styles.print} dir="ltr" translate="no">{groups.join(' ')}</p>
    </details>
  );
}
