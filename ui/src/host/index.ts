// The door. `openHost` runs once before the first screen; after it the functions below are the host's.
import type { CommandName, EventName, Events, FileDrop, Host, Request, Response } from './types';

let host: Host | undefined;

/** In the shell the real host; in a browser, in development and tests only, an invented clinic. */
export async function openHost(): Promise<void> {
  if ('__TAURI_INTERNALS__' in window) {
    host = (await import('./tauri')).host;
  } else if (import.meta.env.DEV || import.meta.env.MODE === 'screens') {
    host = (await import('./fake')).fakeHost(window.location.search);
  } else {
    throw new Error('These screens run inside the Medibridge window only.');
  }
}

/** Lets a unit test stand in for the machine. */
export function replaceHost(other: Host): void {
  host = other;
}

function theHost(): Host {
  if (host === undefined) throw new Error('openHost() first');
  return host;
}

export const call = <N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> => theHost().call(name, request);
export const on = <E extends EventName>(event: E, handler: (payload: Events[E]) => void) => theHost().on(event, handler);
export const imageUrl = (path: string) => theHost().imageUrl(path);
export const pixels = (path: string) => theHost().pixels(path);
export const audioUrl = (path: string) => theHost().audioUrl(path);
export const pickSave = (suggested: string) => theHost().pickSave(suggested);
export const pickFiles = () => theHost().pickFiles();
export const pickFolder = () => theHost().pickFolder();
export const openOther = () => theHost().openOther();
export const switchTo = (window: string) => theHost().switchTo(window);
export const onFilesDropped = (handler: (drop: FileDrop) => void) => theHost().onFilesDropped(handler);

export * from './types';
