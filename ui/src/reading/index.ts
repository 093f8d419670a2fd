export { ModelCardDialog } from './ModelCardDialog';
