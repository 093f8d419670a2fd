export { BreakGlass } from './BreakGlass';
export { Reviews } from './Reviews';
export { WhoSawRecord } from './WhoSawRecord';
