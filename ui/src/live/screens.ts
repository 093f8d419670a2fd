export { Consultations } from './list/Consultations';
export { ChartConsultations } from './list/ChartConsultations';
export { Consultation } from './room/Consultation';
export { OwnConsultation, OwnConsultations } from './own/OwnConsultations';
