export { Agreement } from './Agreement';
export { Models } from './Models';
