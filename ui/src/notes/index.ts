export { noteActions } from './actions';
