export { AdministratorHome } from './AdministratorHome';
export { Statistics } from './Statistics';
