export { BreakGlassBanner } from './Banner';
export { useReviews } from './use-reviews';
