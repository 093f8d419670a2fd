import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { ByPassword } from './ByPassword';
import { RecoveryCodes } from './RecoveryCodes';

/** Ten new recovery codes in the place of the old ones. */
export function CodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const renew = useCommand('session.renew_codes');
  if (renew.data !== undefined) return <RecoveryCodes codes={renew.data.codes} done={t('codes.renewed')} onClose={onClose} />;
  return <ByPassword title={t('codes.renewTitle')} hint={t('codes.renewHint')} go={t('codes.renew')} busy={renew.isPending} error={renew.error} onClose={onClose} onSubmit={(password) => renew.mutate({ password })} />;
}
