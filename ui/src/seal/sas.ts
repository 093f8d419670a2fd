// The short authentication string: four pictures that both people compare. Each side is bound before it sees
// the other's number, so nobody in the middle can search for a match.

import { same, sha256, utf8, type Bytes } from './bytes';

/** What binds the guest to its number (32 bytes, drawn anew for every hello) before the host's is known. */
export function commitment(number: Uint8Array): Promise<Bytes> {
  return sha256(utf8('medibridge commit'), number);
}

/** Whether this is the number that was committed to. */
export async function commitmentHolds(bound: Uint8Array, number: Uint8Array): Promise<boolean> {
  return same(bound, await commitment(number));
}

/** Four places in EMOJI: the first 24 bits of SHA-256("medibridge sas" ‖ secret ‖ guest ‖ host). */
export async function sas(secret: Uint8Array, guest: Uint8Array, host: Uint8Array): Promise<[number, number, number, number]> {
  const [a = 0, b = 0, c = 0] = await sha256(utf8('medibridge sas'), secret, guest, host);
  const bits = (a << 16) | (b << 8) | c;
  return [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63];
}

/** The pictures; their order is part of the protocol. */
export const EMOJI: readonly string[] = Array.from(
  '🐶🐱🐴🐘🐰🐼🐓🐧🐢🐟🐙🐳🐝🐌🐫🐸🌵🌻🌴🍁🍄🌹🍎🍌🍇🍓🌽🍞🍉🍋🍒🎂🌙⭐🌈🔥⛄⚡🌍⏰🔑🔔📖📎🔨💡🎁☔👓👑🎩👟🏠🚪⚓🚗🚲🚂🚀⛵⚽🎈🎸📷',
);

/** The keys of their words in the catalogue, for those who do not see or cannot name a picture. */
export const EMOJI_NAMES: readonly string[] = (
  'dog cat horse elephant rabbit panda rooster penguin turtle fish octopus whale bee snail camel frog ' +
  'cactus sunflower palm leaf mushroom rose apple banana grapes strawberry corn bread melon lemon cherries cake ' +
  'moon star rainbow fire snowman lightning globe clock key bell book paperclip hammer lamp gift umbrella ' +
  'glasses crown hat shoe house door anchor car bicycle train rocket sailboat ball balloon guitar camera'
).split(' ');
