// The rule that the seal checks again: twelve characters, or four words.
const CHARACTERS = 12;
const WORDS = 4;

export function isStrong(passphrase: string): boolean {
  const said = passphrase.trim();
  return [...said].length >= CHARACTERS || said.split(/\s+/).filter((word) => [...word].length > 1).length >= WORDS;
}
