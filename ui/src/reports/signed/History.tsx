// Every signing, newest first: what the report became, by whom, when, why. Any of them can be looked at again.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportView, SigningView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { Button, Dialog, Panel } from '../../shared/ui';
import { PageView } from '../page/PageView';
import { usePagesOf } from '../page/use-pages';
import { State } from '../list/State';
import styles from './signed.module.css';

export function History({ report }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const [shown, setShown] = useState<SigningView | null>(null);
  return (
    <Panel title={t('history.title')}>
      <ol className={styles.history} reversed>
        {[...report.signings].reverse().map((one) => (
          <li key={one.revision}>
            <span className={styles.revision}><span className="unseen">{t('history.revision')} </span>{one.revision}</span>
            <State state={one.becomes} />
            <p className={styles.small}>{showMoment(one.at)} · <bdi>{one.by}</bdi></p>
            {one.reason !== '' && <p><span className={styles.small}>{t('signed.reason')}</span> <bdi>{one.reason}</bdi></p>}
            <p className={styles.small}>{t('history.fingerprint')} <code dir="ltr" translate="no" title={one.sha256}>{one.sha256.slice(0, 16)}</code></p>
            {one.revision !== report.revision && <p><Button kind="quiet" onClick={() => setShown(one)}>{t('history.show', { revision: one.revision })}</Button></p>}
          </li>
        ))}
      </ol>
      {shown !== null && <Earlier report={report} signing={shown} onClose={() => setShown(null)} />}
    </Panel>
  );
}

function Earlier({ report, signing, onClose }: { report: ReportView; signing: SigningView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const pages = usePagesOf(report.id, signing.revision, '');
  const title = t('history.earlier', { revision: signing.revision, at: showMoment(signing.at) });
  return (
    <Dialog open size="large" onOpenChange={onClose} title={title} description={t('history.earlierHint')}>
      <PageView pages={pages} title={title} />
    </Dialog>
  );
}
