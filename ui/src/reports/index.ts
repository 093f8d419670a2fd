export { useToDo } from './list/use-to-do';
export { OutboxState } from './outbox/OutboxState';
