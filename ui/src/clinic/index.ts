export { Chart } from './patients/Chart';
export { Patients } from './patients/Patients';
export { OwnScans } from './own/OwnScans';
export { OwnReport } from './own/OwnReport';
export { OwnReports } from './own/OwnReports';
export { WhoSaw } from './own/WhoSaw';
