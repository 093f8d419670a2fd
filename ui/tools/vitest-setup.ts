import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

import { startWords } from '../src/i18n';

// What has no screen is tested with `@vitest-environment node`: jsdom's bytes are not those of WebCrypto.
if (typeof document !== 'undefined') {
  startWords();
  afterEach(cleanup);
}
