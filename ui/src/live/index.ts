export { LiveState } from './LiveState';
export { useRunning, waitingIn } from './running';
