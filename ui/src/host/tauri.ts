// The real host: the one file that imports Tauri.
import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open, save } from '@tauri-apps/plugin-dialog';

import { asFailure, type EventName, type Events, type Host, type Unsubscribe } from './types';

/** Every event of Rust comes over one channel. */
interface Envelope {
  name: EventName;
  payload: Events[EventName];
}

/** `convertFileSrc` gives the platform's form of the scheme; the path keeps its slashes. */
function imageUrl(path: string): string {
  return convertFileSrc('', 'img') + path;
}

async function bytes(path: string): Promise<ArrayBuffer> {
  const answer = await fetch(imageUrl(path));
  if (!answer.ok) throw asFailure(await answer.json().catch(() => undefined));
  return answer.arrayBuffer();
}

/** Undoes a subscription that is itself made asynchronously. */
function undo(subscription: Promise<Unsubscribe>): Unsubscribe {
  return () => void subscription.then((stop) => stop());
}

async function pick(directory: boolean): Promise<string[]> {
  const chosen = await open({ multiple: true, directory });
  return chosen === null ? [] : [chosen].flat();
}

async function shell(command: string, args: Record<string, unknown> = {}): Promise<void> {
  try {
    await invoke(command, args);
  } catch (thrown) {
    throw asFailure(thrown);
  }
}

export const host: Host = {
  async call(name, request) {
    try {
      return await invoke('call', { name, request: request ?? null });
    } catch (thrown) {
      throw asFailure(thrown);
    }
  },
  on: (event, handler) => undo(listen<Envelope>('event', ({ payload }) => {
    if (payload.name === event) handler(payload.payload as Events[typeof event]);
  })),
  imageUrl,
  pixels: bytes,
  // WebKitGTK plays no media from a custom scheme (tauri-apps/tauri#3725), but from memory it does.
  audioUrl: async (path) => URL.createObjectURL(new Blob([await bytes(path)], { type: 'audio/wav' })),
  openOther: () => shell('open_other'),
  switchTo: (label) => shell('switch_to', { label }),
  pickSave: (suggested) => save({ defaultPath: suggested }),
  pickFiles: () => pick(false),
  pickFolder: () => pick(true),
  onFilesDropped: (handler) => undo(getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === 'drop') handler({ kind: 'dropped', paths: payload.paths });
    else handler({ kind: payload.type === 'leave' ? 'left' : 'over' });
  })),
};
