import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../../../../test/setup/centre.ts';
import { perMinute } from './pace.ts';

/** Reads an iCalendar file, RFC 5545: unfolds its lines, and gives each event's properties by their names. */
function eventsOf(text: string): Record<string, string>[] {
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  const events: Record<string, string>[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+)[^:]*:(.*)$/.exec(line) ?? [];
    if (line === 'BEGIN:VEVENT') events.push({});
    else if (name) Object.assign(events.at(-1) ?? {}, { [name]: value });
  }
  return events;
}

/** Wednesday 10 June 2026, 10:00. 1001 has the early shift on the 10th, 11th and 12th. */
let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
}, 60_000);
afterAll(() => centre.close());

const ask = async (number: string, method: string, path = '/roster/calendar', body?: object) => {
  const json = body && { 'content-type': 'application/json', 'x-client-id': randomUUID() };
  const headers = { ...(await centre.signedIn(number)), ...json };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  // biome-ignore lint/suspicious/noExplicitAny: compared only
  return (await (await fetch(`${centre.url}/api/v1${path}`, init)).json()) as any;
};
const subscribe = async (number: string): Promise<string> => (await ask(number, 'POST')).path;
const read = async (path: string) => {
  const answer = await fetch(centre.url + path);
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

describe('a personal calendar', () => {
  test('has the shifts as UTC instants, for whoever knows the address, without a session', async () => {
    const { status, type, text } = await read(await subscribe('1001'));
    expect({ status, type }).toEqual({ status: 200, type: 'text/calendar; charset=utf-8' });
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    const events = eventsOf(text);
    expect(events.length).toBeGreaterThan(7);
    expect(events[0]).toMatchObject({
      ...{ DTSTART: '20260610T000000Z', DTEND: '20260610T080000Z', SUMMARY: '早班' },
      ...{ STATUS: 'CONFIRMED', SEQUENCE: '0' },
    });
    expect(new Set(events.map(({ UID }) => UID)).size).toBe(events.length);
  });

  test('a shift taken out keeps its UID, is cancelled, and every sequence rises', async () => {
    const path = await subscribe('1003');
    const before = eventsOf((await read(path)).text);
    const person = await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '1003' } });
    const gone = before.at(-1);
    const date = new Date(
      Date.parse(gone?.DTSTART?.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z') ?? '') +
        8 * 3_600_000,
    );
    const cells = [{ personId: person.id, date: date.toISOString().slice(0, 10), shifts: [] }];
    expect(await ask('2001', 'POST', '/roster/edits', { cells, seen: {}, confirmed: true })).toMatchObject({
      saved: true,
    });
    const after = eventsOf((await read(path)).text);
    expect(after).toHaveLength(before.length);
    expect(after.find(({ UID }) => UID === gone?.UID)).toMatchObject({ STATUS: 'CANCELLED', SEQUENCE: '1' });
    expect(after.filter(({ STATUS }) => STATUS === 'CONFIRMED').map(({ UID }) => UID)).toEqual(
      before.slice(0, -1).map(({ UID }) => UID),
    );
  });

  test('a new address ends the one before; a closed one and a guessed one are nobody’s', async () => {
    const first = await subscribe('1005');
    const second = await subscribe('1005');
    expect((await read(first)).status).toBe(404);
    expect((await read(second)).status).toBe(200);
    expect(await ask('1005', 'GET')).toEqual({ since: centre.clock.now() });
    const rows = await centre.db.sql.query<{ hash: Buffer }>({
      text: 'SELECT secret_hash AS hash FROM roster_feed',
      values: [],
    });
    expect(
      rows.rows.every(({ hash }) => hash.length === 32 && !second.includes(hash.toString('base64url'))),
    ).toBe(true);
    expect(await ask('1005', 'DELETE')).toEqual({ since: null });
    expect((await read(second)).status).toBe(404);
    expect((await read(`/api/v1/roster/calendar/${'a'.repeat(43)}.ics`)).status).toBe(404);
    expect((await read('/api/v1/roster/calendar/short.ics')).status).toBe(400);
  });
});

test('so many in a minute, then wait; each address has its own count', () => {
  const pace = perMinute(2);
  const at = 60_000 * 100;
  pace('a', at);
  pace('a', at + 1);
  expect(() => pace('a', at + 2)).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
  pace('b', at + 2);
  pace('a', at + 60_000);
});
