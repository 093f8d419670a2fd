// The sealed file: encrypted under a passphrase, which is shown here once and told on another way than the file.
import { Lock } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';
import { PassphraseWords } from './PassphraseWords';
import { isStrong } from './passphrase';
import styles from './seal.module.css';

interface Fields {
  way: 'made' | 'own';
  own: string;
}

const WAYS = ['made', 'own'] as const;

export function SealDialog({ report, onClose }: { report: ReportView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const seal = useCommand('reports.seal');
  const { register, control, handleSubmit } = useForm<Fields>({ defaultValues: { way: 'made', own: '' } });
  const [way, own] = useWatch({ control, name: ['way', 'own'] });
  if (seal.data !== undefined) {
    return (
      <Dialog open onOpenChange={onClose} title={t('seal.shownTitle')} description={t('seal.shownHint')} footer={<Button kind="primary" onClick={onClose}>{t('seal.done')}</Button>}>
        <PassphraseWords passphrase={seal.data.passphrase} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open onOpenChange={onClose} title={t('seal.title')} description={t('seal.hint')}
      footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button kind="primary" type="submit" form="seal" icon={Lock} busy={seal.isPending} disabled={way === 'own' && !isStrong(own)}>{t('seal.go')}</Button></>}
    >
      <form id="seal" className={styles.form} onSubmit={(event) => void handleSubmit((fields) => seal.mutate({ report_id: report.id, passphrase: fields.way === 'own' ? fields.own.trim() : null }))(event)}>
        <fieldset className={styles.ways}>
          <legend className="unseen">{t('seal.passphrase')}</legend>
          {WAYS.map((one) => (
            <label key={one} data-chosen={way === one || undefined}>
              <input type="radio" value={one} {...register('way')} />
              <strong>{t(`seal.way.${one}`)}</strong>
              <span>{t(`seal.wayHint.${one}`)}</span>
            </label>
          ))}
        </fieldset>
        {way === 'own' && <TextInput label={t('seal.own')} hint={t('seal.ownRule')} dir="auto" autoComplete="off" {...register('own')} />}
        {seal.error && <Problem error={seal.error} small />}
      </form>
    </Dialog>
  );
}
