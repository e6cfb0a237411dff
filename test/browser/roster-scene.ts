import { randomUUID } from 'node:crypto';
import type { Centre } from '../setup/centre.ts';

/** Customers who waited for a person in an hour of the day, from midnight on. */
const DAY = [3, 2, 2, 2, 2, 3, 5, 8, 14, 22, 28, 26, 18, 16, 22, 24, 20, 16, 14, 16, 18, 14, 9, 5];

/** The week before 10 June, as the desk has it: so many contacts an hour, each six minutes long. */
export async function busyWeek({ db }: Centre): Promise<void> {
  const { prisma, sql } = db;
  const [id, addressId] = [randomUUID(), randomUUID()];
  const createdAt = new Date('2026-06-03T00:00+08:00');
  const sealed = { keyHmac: Buffer.from(addressId), valueSealed: Buffer.from(addressId) };
  await prisma.address.create({
    data: { id: addressId, channelAccountId: 'webchat:demo', createdAt, ...sealed },
  });
  await prisma.conversation.create({ data: { id, addressId, audience: 'customer', epoch: 1, createdAt } });
  await sql.query({
    text: `INSERT INTO episode (id, conversation_id, owner, opened_at, queued_at, taken_at, closed_at)
      SELECT gen_random_uuid(), $1, 'agent', at, at, at, at + interval '6 minutes'
      FROM generate_series(0, 6) AS day, generate_series(0, 23) AS hour,
        LATERAL generate_series(1, ($3::int[])[hour + 1]) AS n,
        LATERAL (SELECT $2::timestamptz + make_interval(days => day, hours => hour, mins => n) AS at) AS moment`,
    values: [id, createdAt, DAY],
  });
}

/** 15 to 21 June over team A's plan: a swap with its return, a shift given away, leave of a whole shift and of half a one. */
export async function changesOver({ db: { prisma } }: Centre): Promise<void> {
  const idOf = async (number: string) => (await prisma.person.findUniqueOrThrow({ where: { number } })).id;
  const [zhou, shen, tang, ye] = [
    await idOf('1001'),
    await idOf('1003'),
    await idOf('1005'),
    await idOf('1009'),
  ];
  const over = async (off: string, date: string, on: string | null, cause: string, hours?: number) => {
    const where = { personId: off, businessDate: new Date(date) };
    const { id: shiftId, startsAt, ...shift } = await prisma.shift.findFirstOrThrow({ where });
    const endsAt = hours ? new Date(startsAt.getTime() + hours * 3_600_000) : shift.endsAt;
    const what = { cause, causeId: randomUUID(), createdAt: startsAt };
    const who = { offPersonId: off, onPersonId: on };
    await prisma.rosterOverride.create({
      data: { id: randomUUID(), shiftId, startsAt, endsAt, ...who, ...what },
    });
  };
  await over(tang, '2026-06-17', shen, 'swap');
  await over(shen, '2026-06-18', tang, 'swap');
  await over(shen, '2026-06-19', zhou, 'give');
  await over(ye, '2026-06-18', null, 'leave');
  await over(tang, '2026-06-15', null, 'leave', 4);
}
