import { useTranslation } from 'react-i18next';

import { useMay } from '../shared/session-store';
import { Page } from '../shared/ui';
import { ClinicSettings } from './ClinicSettings';
import { Keys } from './Keys';
import { Personal } from './Personal';
import { Recovery } from './Recovery';
import { Storage } from './Storage';

/** What a person sets for themselves; for an administrator also the clinic's. */
export function Settings() {
  const { t } = useTranslation('settings');
  const clinic = useMay('settings.read');
  return (
    <Page title={t('title')}>
      <Personal />
      {clinic && <ClinicSettings />}
      {clinic && <Storage />}
      {clinic && <Recovery />}
      <Keys />
    </Page>
  );
}
