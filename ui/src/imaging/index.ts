export * from './DropZone';
export * from './ImportDialog';
export * from './ImportPanel';
export { useImports } from './store';
