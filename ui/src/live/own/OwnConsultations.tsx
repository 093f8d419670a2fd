// A patient at the kiosk: their own consultations, word for word, in their own language.
import { ArrowLeft, MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView, usePages } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { showList } from '../../i18n/lists';
import { useGo } from '../../shared/go';
import { languageName } from '../../shared/languages';
import { usePatientOnScreen } from '../../shared/patient';
import { Button, Empty, Page, Problem, Skeleton } from '../../shared/ui';
import { EngineNote } from '../room/EngineNote';
import { Thread } from '../room/Thread';
import { useThread } from '../use-thread';
import styles from './own.module.css';

export function OwnConsultations() {
  const { t } = useTranslation('live');
  const go = useGo();
  const identity = useView('own.identity', null);
  usePatientOnScreen(identity.data);
  const pages = usePages('own.consultations', { limit: 20 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Page title={t('own.title')} hint={t('own.hint')}>
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={4} />}
      {pages.data !== undefined && rows.length === 0 && <Empty icon={MessagesSquare} title={t('own.none')} hint={t('own.noneHint')} />}
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => go.to(`/my-consultations/${row.id}`)}>
              <strong className="numbers">{showMoment(row.started)}</strong>
              <span>{t('own.with', { doctor: row.doctor })}</span>
              <span className={styles.quiet}>{showList(row.languages.map(languageName))} · {t('list.said', { count: row.messages })}</span>
            </button>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && <Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('list.older')}</Button>}
    </Page>
  );
}

export function OwnConsultation({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation('live');
  const go = useGo();
  const identity = useView('own.identity', null);
  usePatientOnScreen(identity.data);
  const view = useView('own.consultation', { consultation_id: consultationId });
  const thread = useThread(consultationId, 'own.messages');
  if (view.error) return <Page title={t('own.title')}><Problem error={view.error} retry={() => void view.refetch()} /></Page>;
  if (view.data === undefined) return <Page title={t('own.title')}><Skeleton rows={6} /></Page>;
  const me = view.data.people.find(({ kind }) => kind !== 'doctor');
  const machine = thread.messages.some(({ translations }) => translations.some(({ provenance }) => provenance === 'machine'));
  return (
    <div className={styles.talk}>
      <header>
        <Button kind="quiet" icon={ArrowLeft} onClick={() => go.to('/my-consultations')}>{t('own.back')}</Button>
        <h1>{showMoment(view.data.started)}</h1>
      </header>
      <EngineNote engine={{ state: 'ready', name: '' }} machine={machine} />
      <Thread thread={thread} people={view.data.people} me={me?.id ?? ''} reader={me?.language ?? 'en'} unsent={null} onTranslate={undefined} />
    </div>
  );
}
