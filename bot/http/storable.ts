/** What PostgreSQL can't store: NUL, and half of a surrogate pair. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * The path of the first text within a parsed input that no column can hold, such as `questions.0`; undefined if
 * every one can be stored. Keys are texts too.
 */
export function unstorable(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) return path;
    const found = unstorable(item, path ? `${path}.${key}` : key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The same value as columns can hold it: NUL left out, half a pair shown as `\uFFFD`. For what comes from platforms,
 * which would bring it again for ever if it were refused. Bytes stay as they are.
 */
export function storable<T>(value: T): T {
  const made = (of: unknown): unknown => {
    if (typeof of === 'string')
      return UNSTORABLE.test(of) ? of.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD') : of;
    if (typeof of !== 'object' || of === null || ArrayBuffer.isView(of)) return of;
    if (Array.isArray(of)) return of.map(made);
    return Object.fromEntries(Object.entries(of).map(([key, item]) => [made(key), made(item)]));
  };
  return made(value) as T;
}
