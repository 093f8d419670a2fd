import { Eye, Lock, LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { showBytes } from '../../i18n/numbers';
import { runAction } from '../../shared/keys';
import { useMay } from '../../shared/session-store';
import { Button, Dialog, Panel, Problem } from '../../shared/ui';
import { isFinal } from '../sections';
import { PassphraseWords } from './PassphraseWords';
import styles from './signed.module.css';

/** The sealed file of this text, and its passphrase for who is asked for it again. */
export function Sealed({ report }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const final = isFinal(report.state);
  const [shown, setShown] = useState<string | null>(null);
  const passphrase = useCommand('reports.passphrase');
  const maySeal = useMay('reports.seal');
  const file = report.files.find(({ revision, purpose }) => revision === report.revision && purpose !== 'own');
  const stale = file === undefined && report.files.length > 0;
  return (
    <Panel title={t('seal.panel')}>
      <div className={styles.sealed}>
        {file === undefined
          ? <p className={styles.quiet}>{t(!final ? 'seal.notFinal' : stale ? 'seal.stale' : 'seal.none')}</p>
          : (
            <p className={styles.stands}><LockKeyhole size={15} aria-hidden /><span>{t('seal.stands', { revision: file.revision })}<br /><span className={styles.small}>{showMoment(file.sealed)} · {showBytes(file.bytes)}</span></span></p>
          )}
        {maySeal && final && (
          <div className={styles.acts}>
            {file === undefined && <Button icon={Lock} action="reports.seal" onClick={() => runAction('reports.seal')}>{t('seal.open')}</Button>}
            {file !== undefined && <Button icon={Eye} busy={passphrase.isPending} onClick={() => passphrase.mutate({ report_id: report.id, file_id: file.id }, { onSuccess: ({ passphrase: words }) => setShown(words) })}>{t('seal.again')}</Button>}
            {file !== undefined && <Button kind="quiet" icon={Lock} onClick={() => runAction('reports.seal')}>{t('seal.renew')}</Button>}
          </div>
        )}
        {passphrase.error && <Problem error={passphrase.error} small />}
      </div>
      {shown !== null && <Dialog open size="small" onOpenChange={() => setShown(null)} title={t('seal.againTitle')} footer={<Button kind="primary" onClick={() => setShown(null)}>{t('seal.done')}</Button>}><PassphraseWords passphrase={shown} /></Dialog>}
    </Panel>
  );
}
