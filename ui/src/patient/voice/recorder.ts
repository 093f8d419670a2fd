// The microphone, as 16 kHz WAV.
import { RATE, Resampler } from './resample';
import { toPcm, toWav } from './wav';
import tapAddress from './recorder.worklet?worker&url';

/** The longest voice note, in milliseconds. */
export const LONGEST = 8 * 60_000;

/** Why there is no recording. */
export type MicrophoneTrouble = 'refused' | 'missing' | 'busy' | 'insecure';

export class NoMicrophone extends Error {
  constructor(readonly why: MicrophoneTrouble) {
    super(why);
  }
}

/** What a recording tells while it goes on. */
export interface Progress {
  ms: number;
  /** Loudness from 0 (silence) to 1. */
  level: number;
  state: 'recording' | 'paused' | 'full';
}

export class Recorder {
  readonly #pieces: Int16Array[] = [];
  readonly #resampler: Resampler;
  #samples = 0;
  #state: Progress['state'] = 'recording';

  private constructor(
    private readonly context: AudioContext,
    private readonly stream: MediaStream,
    tap: AudioWorkletNode,
    private readonly tell: (progress: Progress) => void,
  ) {
    this.#resampler = new Resampler(context.sampleRate);
    tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.#take(data);
    // A call came in, or the microphone was unplugged: what was said is kept.
    stream.getAudioTracks()[0]?.addEventListener('ended', () => this.pause());
    context.addEventListener('statechange', () => context.state !== 'running' && this.pause());
  }

  /** Asks for the microphone and begins. Rejects with `NoMicrophone`. */
  static async start(tell: (progress: Progress) => void): Promise<Recorder> {
    // Made while the person's tap still counts: otherwise a phone leaves it silent.
    const context = new AudioContext();
    try {
      const stream = await microphone();
      try {
        await context.audioWorklet.addModule(tapAddress);
        const tap = new AudioWorkletNode(context, 'tap', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
        context.createMediaStreamSource(stream).connect(tap);
        await context.resume();
        return new Recorder(context, stream, tap, tell);
      } catch {
        release(stream);
        throw new NoMicrophone('busy');
      }
    } catch (error) {
      void context.close();
      throw error;
    }
  }

  pause(): void {
    if (this.#state !== 'recording') return;
    this.#state = 'paused';
    this.#progress(0);
  }

  async goOn(): Promise<void> {
    await this.context.resume();
    if (this.#state !== 'paused') return;
    this.#state = 'recording';
    this.#progress(0);
  }

  /** The recording; the microphone is let go. */
  finish(): { wav: Uint8Array<ArrayBuffer>; ms: number } {
    this.#keep(this.#resampler.finish());
    this.discard();
    return { wav: toWav(this.#pieces), ms: this.#ms() };
  }

  discard(): void {
    this.#state = 'full';
    release(this.stream);
    if (this.context.state !== 'closed') void this.context.close();
  }

  #take(piece: Float32Array): void {
    if (this.#state !== 'recording') return;
    this.#keep(this.#resampler.push(piece));
    if (this.#ms() >= LONGEST) {
      this.#state = 'full';
      release(this.stream);
    }
    this.#progress(loudness(piece));
  }

  #keep(samples: Float32Array): void {
    const left = (LONGEST / 1000) * RATE - this.#samples;
    const pcm = toPcm(samples.subarray(0, Math.max(0, left)));
    this.#pieces.push(pcm);
    this.#samples += pcm.length;
  }

  #ms(): number {
    return Math.round((this.#samples * 1000) / RATE);
  }

  #progress(level: number): void {
    this.tell({ ms: this.#ms(), level, state: this.#state });
  }
}

async function microphone(): Promise<MediaStream> {
  // The browser hides the microphone from pages that are not secure.
  if (!window.isSecureContext || navigator.mediaDevices === undefined) throw new NoMicrophone('insecure');
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') throw new NoMicrophone('refused');
    throw new NoMicrophone(name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy');
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** From -50 dB (0) to full scale (1). */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  return Math.max(0, Math.min(1, 1 + (10 * Math.log10(power + 1e-12)) / 50));
}
