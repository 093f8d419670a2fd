export { useSearchFor } from './use-search-for';
