// Stands in for xmlbuilder2 (see vite.config.ts): vtk.js imports it for a writer that we never call.
export function create(): never {
  throw new Error('XML writing is not part of this program');
}

export default { create };
