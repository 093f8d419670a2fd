// Everything that a browser can be asked to check; tests/ui/seal.spec.ts asks Chromium.

export { checkHostile } from './check-hostile';
export { checkMade } from './check-made';
