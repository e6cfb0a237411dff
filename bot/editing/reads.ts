import type { Database } from '../../prisma/client.ts';
import { maskNumbersIn } from '../people/masking.ts';

const isoDay = (date: Date) => date.toISOString().slice(0, 10);

/** Every wording that an entry had, newest first, with who wrote it. */
export async function readRevisions(db: Database, entryId: string) {
  const rows = await db.prisma.revision.findMany({ where: { entryId }, orderBy: { number: 'desc' } });
  const names = await namesOf(
    db,
    rows.map((r) => r.authorId),
  );
  return rows.map(
    ({ number, title, questions, body, sms, validFrom, validTo, state, authorId, note, createdAt }) => ({
      ...{ number, title, body, sms, note },
      state: state as 'published' | 'withdrawn',
      questions: questions as string[],
      validFrom: isoDay(validFrom),
      validTo: validTo && isoDay(validTo),
      author: names.get(authorId) ?? null,
      createdAt: createdAt.getTime(),
    }),
  );
}

/** Who wrote something, by id. */
export async function namesOf(db: Database, ids: (string | null)[]): Promise<Map<string | null, string>> {
  const where = { id: { in: ids.flatMap((id) => id ?? []) } };
  const people = await db.prisma.person.findMany({ where, select: { id: true, name: true } });
  return new Map(people.map((person) => [person.id, person.name]));
}

/** A page of unanswered questions, newest first; ids are in the order of time. */
export async function readUnanswered(
  db: Database,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const where = after ? { id: { lt: after } } : {};
  const rows = await db.prisma.unanswered.findMany({ where, orderBy: { id: 'desc' }, take: limit });
  return rows.map(({ id, conversationId, text, language, score, nearestEntryId, createdAt }) => {
    return {
      id,
      conversationId,
      text: maskNumbersIn(text),
      language,
      score,
      nearestEntryId,
      createdAt: createdAt.getTime(),
    };
  });
}
