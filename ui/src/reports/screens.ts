export { ChartReports } from './list/ChartReports';
export { Reports } from './list/Reports';
export { Report } from './Report';
