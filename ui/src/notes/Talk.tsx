// What was said, beside the note: read here, never changed here. A sentence's sources light up.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { MessageView, NoteDesk, PersonView } from '../bindings/types';
import { useView } from '../host/query';
import { showClock } from '../i18n/dates';
import { directionOf } from '../shared/languages';
import { Chip, Problem, Skeleton } from '../shared/ui';
import styles from './note.module.css';
import type { useMessages } from './numbers';

export function Talk({ desk, lit, messages, error }: { desk: NoteDesk; lit: string | null } & ReturnType<typeof useMessages>) {
  const { t } = useTranslation('notes');
  const view = useView('live.view', { consultation_id: desk.consultation_id });
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (lit !== null) list.current?.querySelector<HTMLElement>(`[data-message="${lit}"]`)?.scrollIntoView({ block: 'center' });
  }, [lit]);
  const people = view.data?.people ?? [];
  const reader = people.find(({ kind }) => kind === 'doctor')?.language;
  return (
    // A column that scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <aside className={styles.talk} aria-label={t('talk.title')} tabIndex={0} data-pane>
      <h2>{t('talk.title')}</h2>
      {error !== null && <Problem error={error} small />}
      {messages === null && error === null && <Skeleton rows={6} />}
      {messages?.length === 0 && <p className={styles.quiet}>{t('talk.nothing')}</p>}
      <ol ref={list}>{messages?.map((message) => <Said key={message.id} message={message} person={people.find(({ id }) => id === message.from)} reader={reader ?? message.language} lit={message.id === lit} />)}</ol>
    </aside>
  );
}

function Said({ message, person, reader, lit }: { message: MessageView; person: PersonView | undefined; reader: MessageView['language']; lit: boolean }) {
  const { t } = useTranslation('notes');
  const read = message.language === reader ? undefined : message.translations.find(({ language, text }) => language === reader && text !== '');
  const foreign = message.language !== reader && message.text !== '';
  return (
    <li data-message={message.id} data-lit={lit || undefined} aria-current={lit || undefined} data-own={person?.kind === 'doctor' || undefined}>
      <p className={styles.who}><span className="numbers">{message.n}</span> <bdi>{person?.name ?? t('talk.unknown')}</bdi> <time className="numbers" dateTime={message.at}>{showClock(message.at)}</time></p>
      {message.text === '' && <p className={styles.quiet}>{t(message.sound === null ? 'talk.file' : 'talk.sound')}</p>}
      {read !== undefined && <p lang={reader} dir={directionOf(reader)}>{read.text}</p>}
      {message.text !== '' && <p lang={message.language} dir={directionOf(message.language)} className={read === undefined ? undefined : styles.original}>{message.text}</p>}
      {foreign && read === undefined && <p><Chip tone="outline">{t('talk.notTranslated')}</Chip></p>}
    </li>
  );
}
