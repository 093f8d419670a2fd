// The end-to-end envelopes of a live consultation, as docs/consultation.md says them; `crates/seal` is the same for
// the workstation, and both run tests/fixtures/seal. Spoken codes are apart: `await import('../seal/spoken')`.

export { BLOB, blobName, openBlob, sealBlob } from './blob';
export { draw, fromBase64url, toBase64url, type Bytes } from './bytes';
export type { Channel } from './channel';
export { CONTENT, ENVELOPE, peek, rekeyEnvelope, type Header, type Kind, type Stream } from './envelope';
export { SealError, type Why } from './error';
export { guestHello, HostPublic } from './hello';
export type { Psk, PskId } from './hpke';
export { JoinLink, parseGreeting, type Greeting } from './link';
export { commitment, commitmentHolds, EMOJI, EMOJI_NAMES, sas } from './sas';
