import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, NewPassword, Problem, TextInput, toast } from '../../shared/ui';
import { isLogin } from '../../shared/validate';
import styles from './patients.module.css';

/** An account with which the patient sees their own record at the clinic's kiosk. */
export function PatientAccount({ patient, onClose }: { patient: PatientView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const create = useCommand('patients.create_account');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [allowed, setAllowed] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ id: patient.id, login: login.trim(), password }, {
      onSuccess: () => {
        toast(t('account.done'));
        onClose();
      },
    });
  };
  return (
    <Dialog
      open onOpenChange={onClose} size="small" title={t('account.title')} description={t('account.hint', { name: patient.name })}
      footer={<Button kind="primary" type="submit" form="patient-account" busy={create.isPending} disabled={!isLogin(login.trim()) || !allowed}>{t('account.go')}</Button>}
    >
      <form id="patient-account" className={styles.form} onSubmit={onSubmit}>
        <TextInput label={t('users.login')} hint={t('common:form.loginRule')} autoCapitalize="none" value={login} onChange={(event) => setLogin(event.target.value)} />
        <NewPassword label={t('users.firstPassword')} about={[login, patient.name]} value={password} onChange={setPassword} onJudged={setAllowed} />
        {create.error && <Problem error={create.error} small />}
      </form>
    </Dialog>
  );
}
