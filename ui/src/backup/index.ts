export { BackupInBar } from './BackupInBar';
