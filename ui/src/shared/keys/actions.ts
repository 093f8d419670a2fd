// Every action that has a key: one registry, from which keys fire and the palette and cheat sheet read.
import { useEffect, useRef } from 'react';
import { create } from 'zustand';

import { sessionStore } from '../session-store';
import { chordOf, digitChord, isTyped, normalise } from './chord';

export type Scope = 'everywhere' | 'worklist' | 'reading-room' | 'report';

export interface Action {
  /** `domain.act`; also the key of its preference. */
  id: string;
  /** Default keys; the first is the one that is shown. May be empty: then the palette alone offers it. */
  keys: readonly string[];
  scope: Scope;
  /** Key of its name in the catalogue, `namespace:key`. */
  label: string;
  /** Not offered by the palette (moving a cursor, say). */
  keyOnly?: boolean;
  /** Fires while typing in a field too. */
  whileTyping?: boolean;
}

type Handler = () => void;

interface Registry {
  actions: readonly Action[];
  /** The person's own keys: action → chord. */
  remapped: Readonly<Record<string, string>>;
  /** What is mounted now; the last one wins. */
  handlers: ReadonlyMap<string, readonly { current: Handler }[]>;
}

export const keyRegistry = create<Registry>(() => ({ actions: [], remapped: {}, handlers: new Map() }));

/** Makes the actions of all features known. Called once, by the frame. */
export function registerActions(actions: readonly Action[]): void {
  keyRegistry.setState({ actions });
}

/** The chords of an action after remapping. */
export function chordsOf(action: Action, remapped: Readonly<Record<string, string>>): string[] {
  const own = remapped[action.id];
  return (own === undefined ? action.keys : [own]).map(normalise).filter((chord) => chord !== '');
}

/** Binds an action while the component is mounted. */
export function useAction(id: string, handler: Handler, enabled = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    change(id, (bound) => [...bound, latest]);
    return () => change(id, (bound) => bound.filter((one) => one !== latest));
  }, [id, enabled]);
}

/** Runs an action if something on screen answers to it. */
export function runAction(id: string): boolean {
  const bound = keyRegistry.getState().handlers.get(id)?.at(-1);
  bound?.current();
  return bound !== undefined;
}

/** The action that a chord means now: only one that something on screen answers to. */
export function actionFor(chord: string, typing: boolean): Action | undefined {
  const { actions, remapped, handlers } = keyRegistry.getState();
  return actions
    .filter((action) => handlers.has(action.id) && chordsOf(action, remapped).includes(chord))
    .filter((action) => !typing || !isTyped(chord) || action.whileTyping === true)
    // The screen's own meaning goes before the frame's.
    .sort((a, b) => Number(a.scope === 'everywhere') - Number(b.scope === 'everywhere'))[0];
}

/** Other actions that a chord would collide with, for the remapping table. */
export function clashes(id: string, chord: string): Action[] {
  const { actions, remapped } = keyRegistry.getState();
  const mine = actions.find((action) => action.id === id);
  return actions.filter((other) => other.id !== id
    && (other.scope === mine?.scope || other.scope === 'everywhere' || mine?.scope === 'everywhere')
    && chordsOf(other, remapped).includes(normalise(chord)));
}

/** Listens for keys. Mounted once; does nothing while a dialog is open, save for what dialogs bind themselves. */
export function useKeyListener(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      // Behind the lock screen nothing answers.
      if (event.defaultPrevented || event.isComposing || sessionStore.getState().session?.locked === true) return;
      const chord = chordOf(event);
      if (chord === undefined) return;
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      const typing = target !== undefined && takesText(target);
      // What a key types goes first: on some keyboards `/` is Shift with a number.
      const shifted = digitChord(event);
      const action = actionFor(chord, typing) ?? (shifted === undefined ? undefined : actionFor(shifted, typing));
      if (action === undefined || blocked(action, chord, target)) return;
      event.preventDefault();
      runAction(action.id);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function blocked(action: Action, chord: string, target: HTMLElement | undefined): boolean {
  const dialog = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]');
  if (dialog !== null && !(action.scope === 'everywhere' && !isTyped(chord))) return true;
  // Enter and Space belong to the control that has the focus.
  return ['Enter', 'Space'].includes(chord) && target?.closest('button, a, [role="button"], [role="tab"], [role="switch"], summary, select') != null;
}

function takesText(target: HTMLElement): boolean {
  return target.isContentEditable
    || target.closest('textarea, select, input:not([type="checkbox"]):not([type="radio"]):not([type="range"]):not([type="button"])') !== null;
}

function change(id: string, next: (bound: readonly { current: Handler }[]) => readonly { current: Handler }[]): void {
  const handlers = new Map(keyRegistry.getState().handlers);
  const bound = next(handlers.get(id) ?? []);
  if (bound.length === 0) handlers.delete(id);
  else handlers.set(id, bound);
  keyRegistry.setState({ handlers });
}
