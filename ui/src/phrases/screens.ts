export { PhraseReview } from './PhraseReview';
