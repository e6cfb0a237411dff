/**
 * A reading of texts that keeps what it has read: an entry's passages are read again for every sentence that cites it,
 * and for every customer. What comes out must not be changed.
 */
export function remembered<T>(read: (text: string) => T, most = 8192): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const had = known.get(text);
    if (had !== undefined) return had;
    // All at once: sorting out what is old would cost more than reading it again.
    if (known.size >= most) known.clear();
    const made = read(text);
    known.set(text, made);
    return made;
  };
}
