// Made by tools/words.ts.
declare module 'virtual:words' {
  type Words = { [key: string]: string | Words };
  /** The words of a language, by namespace. */
  export type Catalogue = Record<string, Words>;
  export const english: Catalogue;
  export const fetched: Readonly<Record<string, () => Promise<{ default: Catalogue }>>>;
}
