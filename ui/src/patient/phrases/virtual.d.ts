declare module 'virtual:phrasebook' {
  /** By language; `slice.ts` says what is in one. */
  const slices: Record<string, (() => Promise<{ default: unknown }>) | undefined>;
  export default slices;
}
