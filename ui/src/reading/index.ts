export { Agreement } from './Agreement';
export { ModelCardDialog } from './ModelCardDialog';
export { Models } from './Models';
