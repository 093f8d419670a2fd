import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useView } from '../host/query';
import { Button, Dialog, Panel, PhraseQuiz, PhraseWords, Problem, toast } from '../shared/ui';

/** The way back in. A new phrase makes the one before worthless, so it is shown and confirmed at once. */
export function Recovery() {
  const { t } = useTranslation('settings');
  const settings = useView('settings.read', null);
  const renew = useCommand('settings.renew_recovery');
  const [asking, setAsking] = useState(false);
  const words = renew.data?.words ?? [];
  const close = () => {
    renew.reset();
    setAsking(false);
  };
  if (settings.data === undefined) return null;
  return (
    <Panel title={t('recovery.title')} aside={<Button busy={renew.isPending} onClick={() => renew.mutate(null)}>{t('recovery.renew')}</Button>}>
      <p>{settings.data.recovery_confirmed ? t('recovery.confirmed') : t('recovery.unconfirmed')}</p>
      {renew.error && <Problem error={renew.error} small />}
      {words.length > 0 && (
        <Dialog
          open onOpenChange={close} title={asking ? t('setup:phrase.confirmTitle') : t('setup:phrase.title')} description={asking ? t('setup:phrase.confirmHint') : t('recovery.hint')}
          footer={asking
            ? <><Button onClick={() => setAsking(false)}>{t('setup:phrase.showAgain')}</Button><Button kind="primary" type="submit" form="recovery-quiz">{t('setup:phrase.confirm')}</Button></>
            : <Button kind="primary" onClick={() => setAsking(true)}>{t('setup:phrase.written')}</Button>}
        >
          {asking ? <PhraseQuiz id="recovery-quiz" words={words} onConfirmed={() => {
            toast(t('recovery.done'));
            close();
            void settings.refetch();
          }} /> : <PhraseWords words={words} />}
        </Dialog>
      )}
    </Panel>
  );
}
