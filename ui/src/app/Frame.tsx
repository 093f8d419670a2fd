// What stands around the work: banner above, rail beside, honest state below.
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { openAssistant, toggleAssistant, useAssistant } from '../assist';
import { BreakGlassBanner } from '../break-glass';
import { useCommand } from '../host/query';
import { DropZone, ImportDialog, ImportPanel, useImports } from '../imaging';
import { ModelCardDialog } from '../reading';
import { ChangePassword, IdleWatch } from '../session';
import { closeDialog, dialogStore, openDialog } from '../shared/dialogs';
import { useGo } from '../shared/go';
import { registerActions, useAction, type Action } from '../shared/keys';
import { useMay, useSession } from '../shared/session-store';
import { chooseTheme, THEMES, themeStore } from '../shared/theme';
import { About } from './About';
import { frameActions } from './actions';
import { BottomBar } from './BottomBar';
import { CheatSheet } from './CheatSheet';
import styles from './Frame.module.css';
import { Palette } from './Palette';
import { placeActions, placesOf } from './places';
import { Rail } from './Rail';
import { TopBar } from './TopBar';

const InviteDialog = lazy(() => import('../settings/screens').then((screens) => ({ default: screens.InviteDialog })));
const Assistant = lazy(() => import('../assist/screens').then((screens) => ({ default: screens.Assistant })));

const featureActions = Object.values(import.meta.glob<Record<string, readonly Action[]>>('../*/actions.ts', { eager: true })).flatMap((module) => Object.values(module).flat());

export function Frame() {
  const { t } = useTranslation('frame');
  const session = useSession((one) => one);
  const places = useMemo(() => placesOf(session), [session]);
  const mayImport = useMay('imaging.import');
  const mayAsk = useMay('assist.ask');
  const asking = useAssistant((state) => state.open) && mayAsk;
  const { shown } = dialogStore();
  const panelOpen = useImports((state) => state.panelOpen);
  const wide = useLocation().pathname.startsWith('/scans/');

  useEffect(() => {
    const known = new Map([...frameActions, ...featureActions, ...placeActions(places)].map((action) => [action.id, action]));
    registerActions([...known.values()].filter(({ id }) => mayImport || id !== 'frame.import'));
  }, [places, mayImport]);
  useFrameActions(mayImport);
  useAction('assist.open', toggleAssistant, mayAsk);
  useAction('assist.guide', () => openAssistant('guide'), mayAsk);

  return (
    <div className={styles.frame} data-wide={wide || undefined}>
      <button type="button" className={styles.skip} onClick={() => focusPane('main')}>{t('skip')}</button>
      <TopBar />
      <BreakGlassBanner />
      <Rail places={places} narrow={wide} />
      <main id="main" tabIndex={-1} data-pane className={styles.main}><Outlet /></main>
      {mayImport && panelOpen && <ImportPanel />}
      {asking && <Suspense fallback={null}><Assistant /></Suspense>}
      <BottomBar />
      {mayImport && <DropZone />}
      {mayImport && <ImportDialog />}
      <IdleWatch minutes={session.idle_minutes} active={!session.locked} />
      {shown.kind === 'palette' && <Palette onClose={closeDialog} />}
      {shown.kind === 'keys' && <CheatSheet onClose={closeDialog} />}
      {shown.kind === 'about' && <About onClose={closeDialog} />}
      {shown.kind === 'password' && <ChangePassword onClose={closeDialog} />}
      {shown.kind === 'invite' && <Suspense fallback={null}><InviteDialog onClose={closeDialog} /></Suspense>}
      {shown.kind === 'model-card' && <ModelCardDialog modelId={shown.modelId} onClose={closeDialog} />}
    </div>
  );
}

function useFrameActions(mayImport: boolean): void {
  const go = useGo();
  const lock = useCommand('session.lock');
  const signOut = useCommand('session.sign_out');
  const theme = useNextTheme();
  useAction('frame.palette', () => openDialog({ kind: 'palette' }));
  useAction('frame.keys', () => openDialog({ kind: 'keys' }));
  useAction('frame.about', () => openDialog({ kind: 'about' }));
  useAction('frame.password', () => openDialog({ kind: 'password' }));
  useAction('frame.lock', () => lock.mutate(null));
  useAction('frame.signOut', () => signOut.mutate(null));
  useAction('frame.back', go.back);
  useAction('frame.theme', theme);
  useAction('frame.nextPane', () => movePane(1));
  useAction('frame.previousPane', () => movePane(-1));
  useAction('frame.import', () => useImports.setState({ dialogOpen: true }), mayImport);
}

/** Walks through the themes; the choice is the person's own and kept with their preferences. */
export function useNextTheme(): () => void {
  const session = useSession((one) => one);
  const save = useCommand('session.save_preferences');
  return () => {
    const now = THEMES.indexOf(themeStore.getState().chosen);
    const theme = THEMES[(now + 1) % THEMES.length] ?? 'system';
    chooseTheme(theme);
    save.mutate({ ...session.preferences, theme });
  };
}

/** F6 walks through the panes of the window, as in every desktop program. */
function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  const now = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(now + step + panes.length) % panes.length];
  if (next !== undefined) focusInside(next);
}

function focusPane(id: string): void {
  const pane = document.getElementById(id);
  if (pane !== null) focusInside(pane);
}

function focusInside(pane: HTMLElement): void {
  const first = pane.querySelector<HTMLElement>('[data-pane-start], [role="grid"], a[href], button:not(:disabled), input, select, textarea, [tabindex="0"]');
  (first ?? pane).focus();
}
