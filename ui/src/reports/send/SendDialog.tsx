// Sending: to whom, in which language, for whom; and said in so many words what goes and what does not.
import { zodResolver } from '@hookform/resolvers/zod';
import { FileLock2, KeyRound, Plus, Send, X } from 'lucide-react';
import { useFieldArray, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { DeliveryChannel, Language, Recipient, ReportView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { LANGUAGES, languageChoices } from '../../shared/languages';
import { Button, Dialog, IconButton, Problem, Select, Skeleton, TextInput, toast } from '../../shared/ui';
import { Identify, identifiersOf } from '../../shared/identify';
import { isAddress } from './address';
import styles from './send.module.css';

const MOST = 10;

const schema = z.object({
  recipients: z.array(z.object({ channel: z.enum(['email', 'whats_app']), address: z.string().trim(), language: z.enum(LANGUAGES as [Language, ...Language[]]) })
    .refine(({ channel, address }) => isAddress(channel, address), { path: ['address'], error: 'send.addressWrong' })).min(1).max(MOST),
  first: z.boolean(),
  second: z.boolean(),
});

type Fields = z.infer<typeof schema>;
type Sendable = Fields['recipients'][number]['channel'];

const canCarry = (channel: DeliveryChannel): channel is Sendable => channel === 'email' || channel === 'whats_app';

export function SendDialog({ report, onClose }: { report: ReportView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const outbox = useView('delivery.outbox', null);
  const channels = outbox.data?.channels.filter(canCarry);
  return channels !== undefined && channels.length > 0 ? <Form report={report} channels={channels} onClose={onClose} /> : (
    <Dialog open onOpenChange={onClose} title={t('send.title')}>
      {outbox.error && <Problem error={outbox.error} retry={() => void outbox.refetch()} />}
      {outbox.isPending && <Skeleton rows={4} />}
      {channels?.length === 0 && <p>{t('send.noChannel')}</p>}
    </Dialog>
  );
}

function Form({ report, channels, onClose }: { report: ReportView; channels: readonly Sendable[]; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const send = useCommand('delivery.send');
  const told = report.not_told.filter(({ channel }) => canCarry(channel as DeliveryChannel) && channels.includes(channel as Sendable));
  const language = report.content?.language ?? 'en';
  const empty = { channel: channels[0] ?? 'email', address: '', language } as const;
  const { register, control, handleSubmit, formState: { errors } } = useForm<Fields>({
    resolver: zodResolver(schema),
    defaultValues: { recipients: told.length > 0 ? told.map((one) => ({ channel: one.channel as Sendable, address: one.address, language: one.language })) : [empty], first: false, second: false },
  });
  const { fields, append, remove } = useFieldArray({ control, name: 'recipients' });
  const [first, second] = useWatch({ control, name: ['first', 'second'] });
  const onSubmit = ({ recipients }: Fields) => send.mutate({ report_id: report.id, recipients: recipients as Recipient[], confirmed: [...identifiersOf(report.patient)] }, {
    onSuccess: () => {
      toast(t('send.done', { count: recipients.length }));
      onClose();
    },
  });
  return (
    <Dialog
      open size="large" onOpenChange={onClose} title={t('send.title')} description={t('send.hint')}
      footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button kind="primary" type="submit" form="send" icon={Send} busy={send.isPending} disabled={!first || !second}>{t('send.go', { count: fields.length })}</Button></>}
    >
      <form id="send" className={styles.form} noValidate onSubmit={(event) => void handleSubmit(onSubmit)(event)}>
        {told.length > 0 && <p className={styles.note}>{t('send.told', { count: told.length })}</p>}
        <ul className={styles.recipients} aria-label={t('send.recipients')}>
          {fields.map((field, n) => (
            <li key={field.id} data-alone={channels.length === 1 || undefined}>
              {channels.length > 1 && <Select label={t('send.channel')} options={channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))} {...register(`recipients.${n}.channel`)} />}
              <TextInput label={t('send.address')} dir="ltr" autoComplete="off" error={errors.recipients?.[n]?.address === undefined ? undefined : t('send.addressWrong')} {...register(`recipients.${n}.address`)} />
              <Select label={t('send.language')} options={languageChoices()} {...register(`recipients.${n}.language`)} />
              <IconButton icon={X} label={t('send.remove', { n: n + 1 })} disabled={fields.length === 1} onClick={() => remove(n)} />
            </li>
          ))}
        </ul>
        {fields.length < MOST && <div><Button icon={Plus} onClick={() => append(empty)}>{t('send.add')}</Button></div>}
        <dl className={styles.goes}>
          <div><dt><FileLock2 size={16} aria-hidden />{t('send.goes')}</dt><dd>{t('send.goesWhat', { number: report.number ?? '' })}</dd></div>
          <div><dt><KeyRound size={16} aria-hidden />{t('send.stays')}</dt><dd>{t('send.staysWhat')}</dd></div>
        </dl>
        <Identify patient={report.patient} control={control} />
        {send.error && <Problem error={send.error} small />}
      </form>
    </Dialog>
  );
}
