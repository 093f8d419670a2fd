// The doctor's own phrases: a short name, and what it becomes.
import { zodResolver } from '@hookform/resolvers/zod';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { MacroView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, IconButton, Problem, TextArea, TextInput } from '../../shared/ui';
import { isMacroName } from './macros';
import styles from './macros.module.css';

const schema = z.object({
  name: z.string().trim().transform((name) => name.replace(/^\./, '')).refine(isMacroName, 'macro.nameRule'),
  text: z.string().trim().min(1, 'macro.textNeeded').max(4000, 'common:form.tooLong'),
});

type Fields = z.infer<typeof schema>;

export function MacroDialog({ macros, onClose }: { macros: readonly MacroView[]; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const [editing, setEditing] = useState<MacroView | null>(null);
  const remove = useCommand('reports.remove_macro');
  return (
    <Dialog open onOpenChange={onClose} title={t('macro.title')} description={t('macro.hint')}>
      <MacroForm key={editing?.name ?? ''} macro={editing} onDone={() => setEditing(null)} />
      {remove.error && <Problem error={remove.error} small />}
      {macros.length === 0 ? <p className={styles.quiet}>{t('macro.none')}</p> : (
        <ul className={styles.rows}>
          {macros.map((macro) => (
            <li key={macro.name}>
              <span className={styles.name} dir="ltr">.{macro.name}</span>
              <span className={styles.words} title={macro.text}><bdi>{macro.text}</bdi></span>
              {macro.built_in ? <span className={styles.quiet}>{t('macro.builtIn')}</span> : (
                <span>
                  <IconButton icon={Pencil} label={t('macro.edit', { name: macro.name })} onClick={() => setEditing(macro)} />
                  <IconButton icon={Trash2} label={t('macro.remove', { name: macro.name })} disabled={remove.isPending} onClick={() => remove.mutate({ name: macro.name })} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function MacroForm({ macro, onDone }: { macro: MacroView | null; onDone: () => void }) {
  const { t } = useTranslation('reports');
  const save = useCommand('reports.save_macro');
  const { register, handleSubmit, reset, formState: { errors } } = useForm<Fields>({ resolver: zodResolver(schema), defaultValues: { name: macro?.name ?? '', text: macro?.text ?? '' } });
  const said = (message: string | undefined) => (message === undefined ? undefined : t(message));
  const onSubmit = (fields: Fields) => save.mutate(fields, {
    onSuccess: () => {
      reset({ name: '', text: '' });
      onDone();
    },
  });
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void handleSubmit(onSubmit)(event)}>
      <TextInput label={t('macro.name')} hint={t('macro.nameHint')} dir="ltr" readOnly={macro !== null} error={said(errors.name?.message)} {...register('name')} />
      <TextArea label={t('macro.text')} dir="auto" error={said(errors.text?.message)} {...register('text')} />
      {save.error && <Problem error={save.error} small />}
      <div className={styles.ends}>
        <Button kind="primary" type="submit" busy={save.isPending}>{macro === null ? t('macro.add') : t('macro.keep')}</Button>
        {macro !== null && <Button onClick={onDone}>{t('cancel')}</Button>}
      </div>
    </form>
  );
}
