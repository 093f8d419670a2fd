export { Duplicates } from './identity/Duplicates';
export { Merged } from './identity/Merged';
