import { FileCheck2, FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { pickSave } from '../host';
import { useCommand } from '../host/query';
import { showCount } from '../i18n/numbers';
import { Button, Dialog, Problem } from '../shared/ui';
import styles from './Journal.module.css';
import { momentsOf, type Stretch } from './stretch';

/** Writes the stretch that is chosen into a signed file, and says how to check it. */
export function Export({ stretch }: { stretch: Stretch }) {
  const { t } = useTranslation('journal');
  const write = useCommand('journal.export');
  const [shown, setShown] = useState(false);
  const save = async () => {
    const path = await pickSave('journal.jsonl');
    if (path === null) return;
    setShown(true);
    write.mutate({ path, ...momentsOf(stretch) });
  };
  return (
    <>
      <Button icon={FileDown} busy={write.isPending} onClick={() => void save()}>{t('export.go')}</Button>
      {shown && !write.isPending && (
        <Dialog open onOpenChange={() => setShown(false)} title={t(write.error ? 'export.failed' : 'export.done')} {...(write.data === undefined ? {} : { description: t('export.rows', { count: write.data.rows, shown: showCount(write.data.rows) }) })}>
          {write.error && <Problem error={write.error} />}
          {write.data && (
            <div className={styles.exported}>
              <p><FileCheck2 size={16} aria-hidden /> {t('export.how')}</p>
              <code className={styles.command} dir="ltr">medibridge-cli journal verify journal.jsonl</code>
              <p>{t('export.fingerprint')}</p>
              <code className={styles.command} dir="ltr">{write.data.fingerprint}</code>
            </div>
          )}
        </Dialog>
      )}
    </>
  );
}
