import { Check, Copy, MessageCircleOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../../shared/ui';
import styles from './seal.module.css';

/** The passphrase, large enough to read aloud, and the one rule about telling it. */
export function PassphraseWords({ passphrase }: { passphrase: string }) {
  const { t } = useTranslation('reports');
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () => void navigator.clipboard.writeText(passphrase).then(() => setCopied(true), () => setCopied(false));
  return (
    <div className={styles.told}>
      <p className={styles.words} translate="no" aria-label={t('seal.passphrase')} role="group"><bdi>{passphrase}</bdi></p>
      <div><Button icon={copied === true ? Check : Copy} onClick={copy}>{t(copied === true ? 'seal.copied' : 'seal.copy')}</Button></div>
      {copied === false && <p role="status" className={styles.quiet}>{t('seal.notCopied')}</p>}
      <p className={styles.rule}><MessageCircleOff size={16} aria-hidden />{t('seal.rule')}</p>
    </div>
  );
}
