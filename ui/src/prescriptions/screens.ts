export { ChartPrescriptions } from './ChartPrescriptions';
export { OwnPrescriptions } from './OwnPrescriptions';
export { Prescribe } from './order/Prescribe';
export { Prescription } from './Prescription';
export { Prescriptions } from './Prescriptions';
export { Pharmacy } from './pharmacy/Pharmacy';
