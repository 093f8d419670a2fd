export * from './actions';
export * from './chord';
