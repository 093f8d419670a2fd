import { expect, test } from 'vitest';

import { isEncrypted } from './address';

test.each(['https://api.openai.com/v1', ' https://10.0.0.5:8443/v1 ', 'http://localhost:11434/v1', 'http://127.0.0.1', 'http://[::1]:8080/v1'])('%s may be sent to', (address) => {
  expect(isEncrypted(address)).toBe(true);
});

test.each(['http://192.168.1.4:11434/v1', 'http://localhost.example.org/v1', 'http://api.openai.com', 'api.openai.com', 'ftp://localhost', ''])('%s may not', (address) => {
  expect(isEncrypted(address)).toBe(false);
});
