/** Resolves when the current turn of the event loop is over: everything that has arrived by then was handled. */
export const endOfTurn = (): Promise<void> => new Promise((resume) => setImmediate(resume));
