// Reading aloud by the phone itself. Only voices that live on the phone: others send the words to a stranger's server.
import { useEffect, useSyncExternalStore } from 'react';

import type { Language } from '../wire/content';

const speech = typeof speechSynthesis === 'undefined' ? undefined : speechSynthesis;

let reading: string | undefined;
const listeners = new Set<() => void>();

function setReading(id: string | undefined): void {
  reading = id;
  for (const listener of listeners) listener();
}

/** Voices come late, and again when one is installed. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  speech?.addEventListener?.('voiceschanged', listener);
  return () => {
    listeners.delete(listener);
    speech?.removeEventListener?.('voiceschanged', listener);
  };
}

function voiceFor(language: Language): SpeechSynthesisVoice | undefined {
  return speech?.getVoices().find(({ lang, localService }) => localService && lang.toLowerCase().split(/[-_]/)[0] === language);
}

/** Whether this phone has a voice for the language. */
export function useVoiceFor(language: Language): boolean {
  return useSyncExternalStore(subscribe, () => voiceFor(language) !== undefined);
}

/** The id of what is being read. */
export function useReading(): string | undefined {
  useEffect(() => stopReading, []);
  return useSyncExternalStore(subscribe, () => reading);
}

export function readAloud(id: string, text: string, language: Language): void {
  const voice = voiceFor(language);
  if (speech === undefined || voice === undefined) return;
  speech.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  const over = () => reading === id && setReading(undefined);
  words.onend = over;
  words.onerror = over;
  setReading(id);
  speech.speak(words);
}

export function stopReading(): void {
  speech?.cancel();
  setReading(undefined);
}
