export { OwnHome } from './OwnHome';
export { Today } from './Today';
