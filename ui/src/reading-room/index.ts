export { ReadingRoom } from './ReadingRoom';
