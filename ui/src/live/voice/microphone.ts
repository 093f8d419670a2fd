// One microphone: what is asked of it happens in the order in which it was asked.
import type { MessageView } from '../../bindings/types';
import { call } from '../../host';

let last: Promise<unknown> = Promise.resolve();

function inOrder<T>(act: () => Promise<T>): Promise<T> {
  const next = last.catch(() => undefined).then(act);
  last = next;
  return next;
}

export const record = (consultationId: string, speaker: string, device: string | null) =>
  inOrder(() => call('live.record', { consultation_id: consultationId, participant_id: speaker, device }));

/** Keeps nothing until it goes on. */
export const pauseRecording = (consultationId: string, paused: boolean) =>
  inOrder(() => call('live.pause_recording', { consultation_id: consultationId, paused }));

export const finishRecording = (consultationId: string, discard: boolean): Promise<MessageView | null> => {
  const messageId = crypto.randomUUID();
  return inOrder(() => call('live.finish_recording', { consultation_id: consultationId, message_id: messageId, discard }));
};
