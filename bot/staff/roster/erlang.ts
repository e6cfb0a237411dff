/** What comes in and how it is to be served. */
export interface Demand {
  /** Contacts in one hour. */
  readonly contacts: number;
  /** Average handling time, seconds. */
  readonly handleSeconds: number;
  /** This part of them (0–1) is taken up within `withinSeconds`. */
  readonly serviceLevel: number;
  readonly withinSeconds: number;
}

/**
 * The probability that a contact has to wait, with `people` at work on `load` erlangs: Erlang C.
 *
 *     B(0) = 1, B(n) = A·B(n−1) / (n + A·B(n−1))      (Erlang B, by recursion: no factorial overflows)
 *     C = n·B / (n − A·(1 − B)),  C = 1 where n ≤ A
 *
 * A. K. Erlang, "Solution of some Problems in the Theory of Probabilities of Significance in Automatic Telephone
 * Exchanges", 1917; notation of ITU-D SG 2, Teletraffic Engineering Handbook (2005), §7.4.1 and §9.2.1.
 */
export function waitProbability(people: number, load: number): number {
  if (people <= load) return 1;
  let blocked = 1;
  for (let n = 1; n <= people; n++) blocked = (load * blocked) / (n + load * blocked);
  return (people * blocked) / (people - load * (1 - blocked));
}

/**
 * The part (0–1) of contacts that is taken up in time by `people`: SL = 1 − C·e^(−(n − A)·t/T), A = λ·T.
 * Patience is endless in this model: who hangs up makes the real figure better.
 */
export function serviceLevelOf(
  people: number,
  { contacts, handleSeconds, withinSeconds }: Omit<Demand, 'serviceLevel'>,
) {
  const load = (contacts * handleSeconds) / 3600;
  if (load === 0) return 1;
  if (people <= load) return 0;
  return 1 - waitProbability(people, load) * Math.exp((-(people - load) * withinSeconds) / handleSeconds);
}

/** The fewest people who reach the service level. */
export function requiredPeople(demand: Demand): number {
  const load = (demand.contacts * demand.handleSeconds) / 3600;
  if (load === 0) return 0;
  let people = Math.floor(load) + 1;
  while (serviceLevelOf(people, demand) < demand.serviceLevel) people += 1;
  return people;
}
