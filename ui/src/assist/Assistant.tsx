// Beside the work: questions about the program, the open chart or one's own reports, and the guide itself.
import { BookOpen, MessageCircleQuestion, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { patientOnScreen } from '../shared/patient';
import { IconButton, Problem } from '../shared/ui';
import { Answer } from './Answer';
import { Ask } from './Ask';
import styles from './Assistant.module.css';
import { Examples } from './Examples';
import { Guide, type At } from './Guide';
import { closeAssistant, useAssistant } from './open';
import { Scopes } from './Scopes';
import { keepOnly, listen, sameScope, useTalk, type Entry, type Scope } from './talk';

export function Assistant() {
  const { t } = useTranslation('assist');
  const view = useAssistant((state) => state.view);
  const state = useView('assist.state', null);
  const patient = patientOnScreen((on) => on.patient);
  const [wanted, setWanted] = useState<Scope['about'] | null>(null);
  const [at, setAt] = useState<At | null>(null);
  const panel = useRef<HTMLElement>(null);

  const back = () => {
    setAt(null);
    useAssistant.setState({ view: 'ask' });
  };

  useEffect(() => listen(), []);
  useEffect(() => keepOnly(patient?.id ?? null), [patient]);
  useEffect(() => panel.current?.querySelector('textarea')?.focus(), []);

  useEscape(panel, view === 'guide' ? back : closeAssistant);

  const chart = state.data?.about_chart === true && patient !== null ? patient : null;
  const own = state.data?.about_own_reports === true;
  const scope: Scope = (wanted ?? 'chart') === 'chart' && chart !== null ? { about: 'chart', patientId: chart.id } : wanted === 'reports' && own ? { about: 'reports' } : { about: 'app' };
  const entries = useTalk((talk) => talk.entries).filter((entry) => sameScope(entry.scope, scope));

  const show = (place: At) => {
    setAt(place);
    useAssistant.setState({ view: 'guide' });
  };

  return (
    <aside ref={panel} className={styles.panel} aria-label={t('title')} data-pane data-assistant>
      <header className={styles.head}>
        <MessageCircleQuestion size={17} aria-hidden />
        <h2>{t('title')}</h2>
        <IconButton icon={BookOpen} label={t('guide.open')} pressed={view === 'guide'} onClick={() => (view === 'guide' ? back() : useAssistant.setState({ view: 'guide' }))} />
        <IconButton icon={X} label={t('close')} onClick={closeAssistant} />
      </header>
      {view === 'guide' ? <Guide at={at} onBack={back} /> : (
        <>
          <Scopes scope={scope} patient={chart} own={own} onChange={setWanted} />
          {state.error && <div className={styles.thread}><Problem error={state.error} retry={() => void state.refetch()} small /></div>}
          {!state.error && <Thread newest={entries.at(-1)}>
            {entries.length === 0 && <Examples scope={scope} />}
            {entries.map((entry) => <Answer key={entry.job} entry={entry} onGuide={show} />)}
          </Thread>}
          <Ask key={scope.about} scope={scope} engine={state.data?.engine ?? null} ready={state.data !== undefined} busy={entries.at(-1)} />
        </>
      )}
    </aside>
  );
}

/** Keeps the newest question in sight while its answer comes; what is read after that stays where it is. */
function Thread({ newest, children }: { newest: Entry | undefined; children: ReactNode }) {
  const { t } = useTranslation('assist');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const last = list.current?.lastElementChild;
    if (newest === undefined || list.current === null || !(last instanceof HTMLElement)) return;
    list.current.scrollTo({ top: last.offsetTop - 8 });
    // In a low window the panel scrolls as one.
    list.current.parentElement?.scrollTo({ top: list.current.offsetTop + last.offsetTop - 8 });
  }, [newest]);
  return (
    // A region that scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={list} className={styles.thread} role="log" aria-live="polite" aria-relevant="additions text" aria-label={t('thread')} tabIndex={0}>
      {children}
    </div>
  );
}

/** Esc goes back, or closes; only while the focus is in here. */
function useEscape(panel: RefObject<HTMLElement | null>, leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const element = panel.current;
    const listen = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && latest.current();
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, [panel]);
}
