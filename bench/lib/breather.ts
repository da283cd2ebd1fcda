/** A crowd waits for so long before all begin: what its preparation has left in memory can be cleared away. */
export const BREATHER_MS = 300;
