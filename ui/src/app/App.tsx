// Which of the four faces of the program is due: first start, sign-in, lock, or the work.
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Direction } from 'radix-ui';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { SessionView } from '../bindings/types';
import { on } from '../host';
import { catchUp, queries, refresh, useRecordChanges, useView } from '../host/query';
import { speak } from '../i18n';
import { languageFor } from '../i18n/choice';
import { Captions } from '../live';
import { ModelCardDialog } from '../reading';
import { Lock, Passphrase, SignIn } from '../session';
import { FirstStart } from '../setup';
import { closeDialog, dialogStore } from '../shared/dialogs';
import { keyRegistry, useKeyListener } from '../shared/keys';
import { sessionStore } from '../shared/session-store';
import { themeStore, useTheme } from '../shared/theme';
import { Problem, Toaster, TooltipRoom } from '../shared/ui';
import styles from './App.module.css';
import { ErrorBoundary } from './ErrorBoundary';
import { router } from './router';

const Restore = lazy(() => import('../backup/screens').then((screens) => ({ default: screens.Restore })));

export function App() {
  // What is drawn outside the screens' own folders (menus, dialogs) turns with the language too.
  useTranslation('frame');
  return (
    <QueryClientProvider client={queries}>
      <Direction.Provider dir={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        <TooltipRoom delayDuration={500}>
          <ErrorBoundary><Face /></ErrorBoundary>
          <Toaster />
        </TooltipRoom>
      </Direction.Provider>
    </QueryClientProvider>
  );
}

function Face() {
  const { t } = useTranslation('frame');
  useTheme();
  useKeyListener();
  useRecordChanges();
  const setup = useView('setup.status', null);
  const [later, setLater] = useState(false);
  const unconfirmed = setup.data?.state === 'recovery_unconfirmed';
  const ready = setup.data?.state === 'ready' || unconfirmed;
  const current = useView('session.current', null, { enabled: ready });
  useSessionChanges(current.data ?? null);
  // The wizard keeps its last screen after the clinic is there.
  const [inWizard, setInWizard] = useState(false);

  // A backup is being brought back; `folder` is where the last verified one lies.
  const [restoring, setRestoring] = useState<{ folder: string | null; present: boolean } | null>(null);

  if (restoring !== null) {
    return <Suspense fallback={<main className={styles.alone} aria-busy aria-label={t('starting')} />}><Restore {...restoring} onDone={() => setRestoring(null)} /></Suspense>;
  }
  if (setup.error) return <main className={styles.alone}><Problem error={setup.error} retry={() => void setup.refetch()} /></main>;
  if (setup.data === undefined) return <main className={styles.alone} aria-busy aria-label={t('starting')} />;
  if (inWizard || setup.data.state === 'new' || (unconfirmed && !later && current.data == null)) {
    return (
      <>
        <FirstStart status={setup.data} onBegin={() => setInWizard(true)} onDone={() => setInWizard(false)} onLater={() => setLater(true)} onRestore={() => setRestoring({ folder: null, present: false })} />
        <WizardCard />
      </>
    );
  }
  if (setup.data.state === 'passphrase_needed') return <Passphrase />;
  if (current.error) return <main className={styles.alone}><Problem error={current.error} retry={() => void current.refetch()} /></main>;
  if (current.data === undefined) return <main className={styles.alone} aria-busy aria-label={t('starting')} />;
  if (current.data === null) return <SignIn status={setup.data} onRestore={(folder) => setRestoring({ folder, present: true })} />;
  return <Work key={current.data.user_id} session={current.data} />;
}

/** The wizard stands outside the frame, which shows the cards otherwise. */
function WizardCard() {
  const { shown } = dialogStore();
  return shown.kind === 'model-card' && <ModelCardDialog modelId={shown.modelId} onClose={closeDialog} />;
}

/** The signed-in screens. Locking lays an opaque screen over them, so that what was being written is still there after it. */
function Work({ session }: { session: SessionView }) {
  const [wasOpen, setWasOpen] = useState(!session.locked);
  if (!session.locked && !wasOpen) setWasOpen(true);
  const stored = sessionStore((state) => state.session);
  return (
    <>
      {wasOpen && stored !== null && <div className={styles.work} data-locked={session.locked || undefined}><RouterProvider router={router} /></div>}
      {session.locked && <Lock session={session} beside={session.commands.includes('live.view') ? <Captions /> : undefined} />}
    </>
  );
}

function useSessionChanges(session: SessionView | null): void {
  useEffect(() => {
    sessionStore.setState({ session });
    keyRegistry.setState({ remapped: session?.preferences.keys ?? {} });
    if (session !== null) themeStore.setState({ chosen: session.preferences.theme });
  }, [session]);
  // One's own language while one is signed in; this machine's on the sign-in screen after it.
  const preferred = session?.preferences.language ?? '';
  useEffect(() => {
    void speak(languageFor(preferred));
  }, [preferred]);
  const user = session?.user_id;
  const before = useRef(user);
  const last = useRef(user);
  const locked = session?.locked;
  useEffect(() => {
    if (user === undefined && before.current !== undefined) {
      // Signed out: nothing of before may stay for the next person.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'setup.status' && queryKey[0] !== 'session.current' });
      window.location.hash = '#/';
    } else if (user !== undefined && last.current !== undefined && last.current !== user) {
      // Another person at this window begins at their own home, wherever the one before was.
      void router.navigate({ to: '/', replace: true });
    } else if (user !== undefined && locked === false) {
      catchUp();
      void queries.invalidateQueries({ predicate: ({ queryKey, state }) => queryKey[0] !== 'session.current' && state.status === 'error' });
    }
    before.current = user;
    last.current = user ?? last.current;
  }, [user, locked]);
  useEffect(() => on('session.changed', () => refresh(['session'])), []);
}
