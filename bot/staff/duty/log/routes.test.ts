import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../../../../test/setup/centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
}, 60_000);
afterAll(() => centre.close());

async function ask(number: string, method: string, path: string, body?: object) {
  const headers = {
    ...(await centre.signedIn(number)),
    ...(body && { 'content-type': 'application/json', 'x-client-id': randomUUID() }),
  };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${centre.url}/api/v1/duty-logs${path}`, init);
  return { status: answer.status, body: await answer.json() };
}
const day = '?from=2026-06-10&to=2026-06-10';

test('written, signed and read with its seal; not again, not by others', async () => {
  const log = { date: '2026-06-10', sections: { system: '正常' } };
  const first = await ask('2001', 'POST', '', { ...log, sign: true });
  expect(first).toMatchObject({
    status: 422,
    body: { error: { details: { why: 'empty', fields: [{ path: 'sections.cases' }] } } },
  });
  const done = await ask('2001', 'POST', '', {
    ...log,
    sections: { system: '正常', cases: '无' },
    sign: true,
  });
  expect(done).toMatchObject({ status: 200, body: { state: 'signed', signedBy: '林静雯', seal: 'intact' } });
  // What was refused wrote nothing.
  expect(done.body).toMatchObject({ sections: { system: '正常', cases: '无' } });
  expect(await ask('2001', 'POST', '', log)).toMatchObject({ status: 422 });

  expect(await ask('4001', 'GET', day)).toMatchObject({
    body: { logs: [{ team: '受理甲班', seal: 'intact' }] },
  });
  expect(await ask('2002', 'GET', day)).toMatchObject({ status: 200, body: { logs: [] } });
  const { teamId } = done.body as { teamId: string };
  expect(await ask('2002', 'POST', '', { ...log, teamId })).toMatchObject({ status: 403 });
  expect(await ask('1001', 'GET', day)).toMatchObject({ status: 403 });
  expect(await ask('4001', 'GET', '?from=2026-01-01&to=2026-06-10')).toMatchObject({ status: 400 });
});
