import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useSession } from '../shared/session-store';
import { Empty, Page } from '../shared/ui';

/** What a pharmacist has here today: their account, and nothing that waits. */
export function PharmacistHome() {
  const { t } = useTranslation('clinic');
  const { name, clinic_name } = useSession((session) => session);
  return (
    <Page title={t('pharmacist.title', { name })} hint={clinic_name}>
      <Empty icon={CircleCheck} title={t('pharmacist.nothing')} hint={t('pharmacist.hint')} />
    </Page>
  );
}
