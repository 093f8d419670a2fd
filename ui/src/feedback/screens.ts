export { Agreement } from './Agreement';
export { Export } from './Export';
