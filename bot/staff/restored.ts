/**
 * In SQL: an entry that had been withdrawn by `from` and was published again since, up to `to`: to the staff, who were
 * told of its removal, it is an addition (RULEBOOK §3.3).
 */
export const restored = (from: string, to?: string): string => `id IN (
    SELECT back.entry_id FROM revision back
      JOIN revision gone ON gone.entry_id = back.entry_id AND gone.number = back.number - 1 AND gone.state = 'withdrawn'
    WHERE back.state = 'published' AND gone.created_at <= ${from} AND back.created_at > ${from}${to ? ` AND back.created_at <= ${to}` : ''})`;
