export { ChartSearch } from './ChartSearch';
export { Search } from './Search';
