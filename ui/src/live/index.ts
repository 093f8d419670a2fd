export { Captions } from './Captions';
export { LiveState } from './LiveState';
export { useRunning, waitingIn } from './running';
