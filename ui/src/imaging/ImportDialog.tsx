import { FilePlus2, FolderPlus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { pickFiles, pickFolder } from '../host';
import { patientOnScreen } from '../shared/patient';
import { Button, Dialog, TextInput } from '../shared/ui';
import styles from './ImportDialog.module.css';
import { startImport, useImports } from './store';

/** The three ways in beside dropping: files, a folder, a path. */
export function ImportDialog() {
  const { t } = useTranslation('imaging');
  const open = useImports((state) => state.dialogOpen);
  const patient = patientOnScreen((state) => state.patient);
  const [path, setPath] = useState('');
  const close = () => useImports.setState({ dialogOpen: false });
  const begin = (paths: readonly string[]) => {
    if (paths.length === 0) return;
    close();
    setPath('');
    void startImport(paths, patient?.id ?? null);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    begin(path.split('\n').map((one) => one.trim()).filter(Boolean));
  };
  return (
    <Dialog open={open} onOpenChange={close} title={t('import.title')} description={patient === null ? t('import.hint') : t('import.hintPatient', { name: patient.name })}>
      <div className={styles.ways}>
        <Button icon={FilePlus2} onClick={async () => begin(await pickFiles())}>{t('import.files')}</Button>
        <Button icon={FolderPlus} onClick={async () => begin(await pickFolder())}>{t('import.folder')}</Button>
      </div>
      <form onSubmit={onSubmit} className={styles.path}>
        <TextInput label={t('import.path')} hint={t('import.pathHint')} name="path" dir="ltr" value={path} onChange={(event) => setPath(event.target.value)} />
        <Button type="submit" kind="primary" disabled={path.trim() === ''}>{t('import.begin')}</Button>
      </form>
      <p className={styles.kinds}>{t('import.kinds')}</p>
    </Dialog>
  );
}
