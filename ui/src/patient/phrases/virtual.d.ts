declare module 'virtual:phrasebook' {
  const slices: Record<import('../wire/content').Language, () => Promise<{ default: import('./slice').Slice }>>;
  export default slices;
}
