// The speech model on this computer: installed from a file, shown with its size and hash, removed.
import { FilePlus2, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { InstallingEvent, SpeechModelView } from '../../bindings/types';
import { on, pickFiles } from '../../host';
import { useCommand } from '../../host/query';
import { showBytes } from '../../i18n/numbers';
import { Button, Dialog, Problem, toast } from '../../shared/ui';
import styles from '../settings.module.css';

export function SpeechModel({ installed }: { installed: SpeechModelView | null }) {
  const { t } = useTranslation('settings');
  const install = useCommand('language.install_speech_model');
  const remove = useCommand('language.remove_speech_model');
  const stop = useCommand('language.stop_installing');
  const [asking, setAsking] = useState(false);
  const [come, setCome] = useState<InstallingEvent | null>(null);
  useEffect(() => on('language.installing', setCome), []);
  const begin = async () => {
    const [path] = await pickFiles();
    if (path === undefined) return;
    setCome(null);
    install.mutate({ path }, { onSuccess: () => toast(t('speech.isThere')) });
  };
  const stopped = install.error?.code === 'cancelled';
  return (
    <section className={styles.part} aria-label={t('speech.installed')}>
      <h3>{t('speech.installed')}</h3>
      {installed === null ? <p>{t('speech.none')}</p> : (
        <>
          <dl className={styles.facts}>
            <dt>{t('speech.name')}</dt><dd><bdi dir="ltr">{installed.name}</bdi></dd>
            <dt>{t('speech.size')}</dt><dd>{showBytes(installed.bytes)}</dd>
            <dt>{t('speech.hash')}</dt><dd><bdi dir="ltr" className={styles.hash}>{installed.sha256}</bdi></dd>
          </dl>
          <p className={styles.quiet}>{t('speech.hashHint')}</p>
        </>
      )}
      {install.error && !stopped && <Problem error={install.error} small />}
      {remove.error && <Problem error={remove.error} small />}
      {install.isPending ? (
        <div className={styles.copying}>
          <progress {...(come === null ? {} : { value: come.done, max: come.all })} aria-label={t('speech.installed')} />
          {come !== null && <span>{t('speech.installing', { done: showBytes(come.done), all: showBytes(come.all) })}</span>}
          <Button onClick={() => stop.mutate(null)}>{t('speech.stop')}</Button>
        </div>
      ) : (
        <div className={styles.choiceButtons}>
          <Button icon={FilePlus2} onClick={() => void begin()}>{installed === null ? t('speech.install') : t('speech.replace')}</Button>
          {installed !== null && <Button icon={Trash2} onClick={() => setAsking(true)}>{t('speech.remove')}</Button>}
        </div>
      )}
      {asking && (
        <Dialog
          open size="small" onOpenChange={() => setAsking(false)} title={t('speech.removeTitle')} description={t('speech.removeHint')}
          footer={<><Button onClick={() => setAsking(false)}>{t('speech.keep')}</Button><Button kind="danger" icon={Trash2} busy={remove.isPending} onClick={() => remove.mutate(null, { onSuccess: () => {
            setAsking(false);
            toast(t('speech.removed'));
          } })}>{t('speech.remove')}</Button></>}
        >{null}</Dialog>
      )}
    </section>
  );
}
