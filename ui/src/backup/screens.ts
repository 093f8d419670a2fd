export { Backups } from './Backups';
export { ExportPatient } from './Export';
export { Restore } from './Restore';
