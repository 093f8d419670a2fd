import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

import { startWords } from '../src/i18n';

startWords('en');
afterEach(cleanup);
