/** A first look, so that a slip is seen at once; the outbox checks again. */
export function isAddress(channel: 'email' | 'whats_app', address: string): boolean {
  return channel === 'email' ? /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(address) : /^\+[1-9](?:[\s-]?\d){6,14}$/.test(address);
}
