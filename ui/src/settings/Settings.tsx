import { useTranslation } from 'react-i18next';

import { useMay } from '../shared/session-store';
import { Page } from '../shared/ui';
import { Access } from './access/Access';
import { KeyRotation } from './access/KeyRotation';
import { Account } from './account/Account';
import { ClinicSettings } from './ClinicSettings';
import { EmailSettings } from './delivery/EmailSettings';
import { FhirSettings } from './delivery/FhirSettings';
import { WhatsAppSettings } from './delivery/WhatsAppSettings';
import { EngineSettings } from './engines/EngineSettings';
import { SpeechSettings } from './engines/SpeechSettings';
import { Keys } from './Keys';
import { Personal } from './Personal';
import { Recovery } from './Recovery';
import { RelaySettings } from './RelaySettings';
import { Reviewers } from './Reviewers';
import { Storage } from './Storage';

/** What a person sets for themselves; for an administrator also the clinic's. */
export function Settings() {
  const { t } = useTranslation('settings');
  const clinic = useMay('settings.read');
  const people = useMay('accounts.states');
  const rotates = useMay('accounts.rotate_keys');
  const relay = useMay('relay.enrol');
  const engine = useMay('language.engine');
  const delivery = useMay('delivery.settings');
  const reviewers = useMay('phrases.reviewers');
  return (
    <Page title={t('title')}>
      <Personal />
      <Account />
      {people && <Access inside />}
      {clinic && <ClinicSettings />}
      {clinic && <Storage />}
      {delivery && <EmailSettings />}
      {delivery && <FhirSettings />}
      {delivery && <WhatsAppSettings />}
      {relay && <RelaySettings />}
      {engine && <EngineSettings />}
      {engine && <SpeechSettings />}
      {reviewers && <Reviewers />}
      {clinic && <Recovery />}
      {rotates && <KeyRotation />}
      <Keys />
    </Page>
  );
}
