import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button, Checkbox, Dialog, toast } from '../../shared/ui';
import styles from './account.module.css';

/** Ten codes, shown once. The dialog is closed by whoever says that they are kept. */
export function RecoveryCodes({ codes, done, onClose }: { codes: readonly string[]; done: string; onClose: () => void }) {
  const { t } = useTranslation('account');
  const [kept, setKept] = useState(false);
  const copy = () => navigator.clipboard.writeText(codes.join('\n')).then(() => toast(t('codes.copied')), () => undefined);
  return (
    <Dialog
      open onOpenChange={onClose} title={t('codes.showTitle')} description={`${done} ${t('codes.showHint')}`}
      footer={<><Button icon={Copy} onClick={() => void copy()}>{t('codes.copy')}</Button><Button kind="primary" disabled={!kept} onClick={onClose}>{t('codes.finish')}</Button></>}
    >
      <ol className={styles.codes} dir="ltr" translate="no" aria-label={t('codes.title')}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ol>
      <Checkbox label={t('codes.kept')} checked={kept} onChange={(event) => setKept(event.target.checked)} />
    </Dialog>
  );
}
