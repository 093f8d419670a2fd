// Why an envelope, link, code or blob is refused; `crates/seal` has the same refusals under the same names.

export type Why =
  | 'too-large'
  | 'truncated'
  | 'unknown-version'
  | 'unknown-kind'
  | 'wrong-kind'
  | 'malformed'
  | 'wrong-epoch'
  | 'stale-epoch'
  | 'too-old'
  | 'replayed'
  | 'broken'
  | 'unknown-psk'
  | 'bad-key'
  | 'wrong-host'
  | 'bad-link'
  | 'bad-greeting'
  | 'bad-code'
  | 'wrong-code'
  | 'exhausted';

/** A refusal. It tells nothing of the content. */
export class SealError extends Error {
  override readonly name = 'SealError';

  constructor(readonly why: Why) {
    super(why);
  }
}

/** Runs `work`; whatever it throws becomes this refusal. */
export async function refuse<T>(why: Why, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new SealError(why);
  }
}
