export { ConsultationNote } from './ConsultationNote';
