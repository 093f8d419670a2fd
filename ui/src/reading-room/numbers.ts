/** Number keys: windows, or classes while a verdict is being given. */
export const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
