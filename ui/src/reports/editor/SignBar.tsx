// The foot of the editor: how the words stand, and the one act that ends the draft. Open, it reads the two identifiers again
// and asks for the password.
import { PenLine, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { DraftView, ReportState, ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useAction } from '../../shared/keys';
import { useSession } from '../../shared/session-store';
import { announce, Button, IconButton, Problem, TextInput, toast } from '../../shared/ui';
import { saysSomething } from '../sections';
import { DiscardDialog } from './DiscardDialog';
import styles from './SignBar.module.css';
import { Identify, identifiersOf } from '../../shared/identify';
import type { Pages } from '../page/use-pages';
import { isUnsaved, type Keeper } from './keeper';
import { SaveState } from './SaveState';
import { letGo, useKept } from './use-keeper';

interface SignBarProps {
  report: ReportView;
  draft: DraftView;
  keeper: Keeper;
  /** As they are on the screen: what is signed is what they say. */
  pages: Pages;
}

export function SignBar({ report, draft, keeper, pages }: SignBarProps) {
  const { t } = useTranslation('reports');
  const [signing, setSigning] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const says = useKept(keeper, ({ content }) => saysSomething(content));
  const open = useRef<HTMLButtonElement>(null);
  useAction('reports.sign', () => setSigning(true), says && !signing);
  useAction('reports.discard', () => setDiscarding(true));
  const close = () => {
    setSigning(false);
    window.setTimeout(() => open.current?.focus());
  };
  return (
    <footer className={styles.bar} data-pane aria-label={t('sign.label')} data-open={signing || undefined}>
      {signing ? <Sign report={report} draft={draft} keeper={keeper} pages={pages} onClose={close} /> : (
        <div className={styles.closed}>
          <SaveState keeper={keeper} />
          {!says && <span className={styles.quiet}>{t('sign.nothing')}</span>}
          <Button kind="quiet" icon={Trash2} onClick={() => setDiscarding(true)}>{t(draft.of === null ? 'discard.open' : 'discard.openCorrection')}</Button>
          <Button ref={open} kind="primary" icon={PenLine} action="reports.sign" disabled={!says} onClick={() => setSigning(true)}>{t('sign.open')}</Button>
        </div>
      )}
      {discarding && <DiscardDialog report={report} draft={draft} onClose={() => setDiscarding(false)} />}
    </footer>
  );
}

/** What signing this draft may make of the report. A text that was final is amended, nothing else. */
export const mayBecome = ({ of }: DraftView): readonly ReportState[] => (of === null || of === 'preliminary' ? ['preliminary', 'final'] : ['amended']);

interface Fields {
  first: boolean;
  second: boolean;
  password: string;
}

function Sign({ report, draft, keeper, pages, onClose }: SignBarProps & { onClose: () => void }) {
  const { t } = useTranslation('reports');
  const name = useSession((session) => session.name);
  const sign = useCommand('reports.sign');
  const form = useRef<HTMLFormElement>(null);
  const { register, control, handleSubmit, resetField, setFocus } = useForm<Fields>({ defaultValues: { first: false, second: false, password: '' } });
  const [first, second, password] = useWatch({ control, name: ['first', 'second', 'password'] });
  const unsaved = useKept(keeper, isUnsaved);
  const unkept = useKept(keeper, ({ problem }) => problem !== null) && unsaved;
  const current = pages.stamp !== null && !pages.behind && !unsaved;
  const filled = first && second && password !== '';
  const ready = filled && current && !sign.isPending;
  const choices = mayBecome(draft);
  const last = choices.at(-1) ?? 'final';
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);

  // What is read while the form is open is what the record has.
  useEffect(() => void keeper.flush(), [keeper]);

  const go = (becomes: ReportState) => void handleSubmit(({ password: given }) => {
    const { kept } = keeper.store.getState();
    sign.mutate({ report_id: report.id, edit: kept.edit, stamp: pages.stamp ?? '', becomes, password: given, confirmed: [...identifiersOf(report.patient)] }, {
      onSuccess: () => {
        letGo(report.id);
        toast(t(`sign.done.${becomes}`));
        announce(t(`sign.done.${becomes}`));
      },
      onError: () => {
        resetField('password');
        setFocus('password');
        pages.retry();
      },
    });
  })();
  useAction('reports.sign', () => ready && go(last));
  useAction('reports.cancel', onClose);

  return (
    <form ref={form} className={styles.sign} aria-label={t('sign.title')} onSubmit={(event) => {
      event.preventDefault();
      if (ready) go(last);
    }}>
      <header>
        <h2>{t('sign.title')}</h2>
        <p>{t(`sign.means.${last}`, { name })}</p>
        <IconButton icon={X} label={t('sign.back')} onClick={onClose} />
      </header>
      <Identify patient={report.patient} control={control} />
      <TextInput label={t('sign.password', { name })} type="password" autoComplete="current-password" {...register('password')} />
      {unkept && <p role="alert" className={styles.unkept}>{t('sign.unkept')}</p>}
      {sign.error && <Problem error={sign.error} small />}
      <div className={styles.ends}>
        <span className={styles.quiet}>{!filled && !sign.isPending ? t('sign.still') : !current && t('sign.behind')}</span>
        {choices.map((becomes) => <Button key={becomes} kind={becomes === last ? 'primary' : 'plain'} type={becomes === last ? 'submit' : 'button'} busy={sign.isPending} disabled={!ready} {...(becomes === last ? { icon: PenLine, action: 'reports.sign' } : { onClick: () => go(becomes) })}>{t(`sign.as.${becomes}`)}</Button>)}
      </div>
    </form>
  );
}
