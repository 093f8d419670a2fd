// Builds the screens over the fake host once and serves them to all specs.
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../../../ui', import.meta.url));

export default async function serve({ provide }: { provide: (key: 'address', value: string) => void }) {
  if (process.env['MEDIBRIDGE_SCREENS_BUILT'] === undefined) await build({ root, mode: 'screens', logLevel: 'error' });
  const server = await preview({ root, mode: 'screens', logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('the preview server has no address');
  provide('address', address);
  return () => server.close();
}

declare module 'vitest' {
  export interface ProvidedContext {
    address: string;
  }
}
