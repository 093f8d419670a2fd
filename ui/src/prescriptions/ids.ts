/** An id for an act, made before it is done, so that an answer that was lost does nothing twice. */
export const newId = (): string => crypto.randomUUID();
