/** A WAV of a quiet tone: 16 kHz, one channel, 16 bit, as voice notes are. */
export function tone(seconds: number): Blob {
  const rate = 16_000;
  const samples = rate * seconds;
  const bytes = new DataView(new ArrayBuffer(44 + samples * 2));
  const text = (at: number, word: string) => [...word].forEach((letter, n) => bytes.setUint8(at + n, letter.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + samples * 2, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, samples * 2, true);
  for (let n = 0; n < samples; n += 1) bytes.setInt16(44 + n * 2, 3000 * Math.sin((n / rate) * 2 * Math.PI * 220), true);
  return new Blob([bytes.buffer], { type: 'audio/wav' });
}
