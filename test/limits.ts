/** Hostile input must be answered within this time, however busy the machine: what is wrong with it takes for ever. */
export const HOSTILE_MILLISECONDS_MAX = 10_000;
