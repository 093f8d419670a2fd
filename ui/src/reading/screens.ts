export { Models } from './Models';
