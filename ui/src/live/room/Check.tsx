// What the guard found in a translation: what differs, word beside word, what the engine says when it translates back, and
// the doctor's confirmation. Until then nobody else reads it.
import { ArrowRight, BadgeCheck, BookOpenText, TriangleAlert, Undo2 } from 'lucide-react';
import { createContext, use, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CheckView, FindingView, Language, MessageView, TranslationView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { directionOf, languageName } from '../../shared/languages';
import { AiMark, Button, Chip, Problem } from '../../shared/ui';
import styles from './Check.module.css';

interface Checks {
  consultationId: string;
  take: (message: MessageView) => void;
}

/** Where translations can be confirmed; none: they are only read. */
export const ChecksContext = createContext<Checks | null>(null);

const KINDS = ['number', 'unit', 'dose', 'date', 'negation', 'laterality', 'drug', 'opposite', 'length', 'loop'] as const;

interface CheckProps {
  message: MessageView;
  translation: TranslationView;
  own: boolean;
  /** The translation does not stand beside it; it is uncovered before it can be confirmed. */
  covered?: boolean;
}

export function Check({ message, translation, own, covered = false }: CheckProps) {
  const { t } = useTranslation('live');
  const [read, setRead] = useState(!covered);
  const checks = use(ChecksContext);
  const { check } = translation;
  if (check === null || translation.pending) return null;
  if (check.confirmed) return <p className={styles.confirmed}><Chip tone="outline" icon={BadgeCheck}>{t('check.confirmed')}</Chip></p>;
  return (
    <section className={styles.check} aria-label={t('check.label')}>
      <p className={styles.title}><TriangleAlert size={16} aria-hidden />{t(own ? 'check.held' : 'check.doubted')}</p>
      {covered && read && <p lang={translation.language} dir={directionOf(translation.language)}>{translation.text}</p>}
      <Findings check={check} from={message.language} to={translation.language} />
      {checks !== null && (read
        ? <Acts checks={checks} message={message} translation={translation} />
        : <div className={styles.buttons}><Button icon={BookOpenText} onClick={() => setRead(true)}>{t('check.read')}</Button></div>)}
    </section>
  );
}

function Findings({ check, from, to }: { check: CheckView; from: Language; to: Language }) {
  const { t } = useTranslation('live');
  const named = ({ kind }: FindingView) => {
    const known = KINDS.find((one) => one === kind);
    return known === undefined ? kind : t(`check.kind.${known}`);
  };
  const words = (text: string, language: Language) => (text === '' ? <em>{t('check.missing')}</em> : <bdi lang={language} dir={directionOf(language)}>{text}</bdi>);
  return (
    <dl className={styles.findings}>
      {check.findings.map((finding, at) => (
        <div key={`${finding.kind}${at}`}>
          <dt>{named(finding)}</dt>
          <dd>{words(finding.source, from)}<ArrowRight size={14} className={styles.arrow} aria-hidden />{words(finding.target, to)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Acts({ checks: { consultationId, take }, message, translation: { language, text } }: { checks: Checks; message: MessageView; translation: TranslationView }) {
  const { t } = useTranslation('live');
  const confirm = useCommand('live.confirm_translation');
  const back = useCommand('live.back_translate');
  const [said, setSaid] = useState<string | null>(null);
  const request = { consultation_id: consultationId, message_id: message.id, language };
  const error = confirm.error ?? back.error;
  return (
    <>
      {said !== null && (
        <p className={styles.back}>
          <AiMark /> <span>{t('check.backInto', { language: languageName(message.language) })}</span> <bdi lang={message.language} dir={directionOf(message.language)}>{said}</bdi>
        </p>
      )}
      {error !== null && <Problem error={error} />}
      <div className={styles.buttons}>
        <Button onClick={() => confirm.mutate({ ...request, text }, { onSuccess: take })} disabled={confirm.isPending} icon={BadgeCheck}>{t('check.confirm')}</Button>
        <Button kind="quiet" onClick={() => back.mutate(request, { onSuccess: (answer) => setSaid(answer.text) })} disabled={back.isPending} icon={Undo2}>{t('check.back')}</Button>
      </div>
    </>
  );
}
