/** Lets callers that ask for the same thing at one time share one answer. Nothing is kept once it is there. */
export function singleFlight<Key, Answer>(
  load: (key: Key) => Promise<Answer>,
): (key: Key) => Promise<Answer> {
  const flights = new Map<Key, Promise<Answer>>();
  return (key) => {
    const under = flights.get(key);
    if (under !== undefined) return under;
    const flight = load(key).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
}
