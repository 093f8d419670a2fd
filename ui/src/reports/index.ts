export { ChartReports } from './list/ChartReports';
export { Reports } from './list/Reports';
export { useToDo } from './list/use-to-do';
export { OutboxState } from './outbox/OutboxState';
export { Report } from './Report';
