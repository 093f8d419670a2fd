export * from './Identify';
