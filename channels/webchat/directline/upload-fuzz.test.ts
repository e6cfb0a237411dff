import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Granted, type WireClient, wireClient } from '../../../test/fakes/directline-client.ts';
import { pdf, picture } from '../../../test/fakes/pictures.ts';
import { startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';

const much = { perMinute: 1e9, burst: 1e9 };
let webchat: Webchat;
let client: WireClient;
let me: Granted;
beforeAll(async () => {
  webchat = await startWebchat({ limits: { generate: much, uploads: much, activities: much } });
  client = wireClient(webchat.url);
  me = await client.visitor();
});
afterAll(() => webchat.stop());

const BOUNDARY = 'x0';
const part = (head: string, body: Buffer | string) =>
  Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
const named = (field: string, file?: string) =>
  `Content-Disposition: form-data; name="${field}"${file === undefined ? '' : `; filename="${file}"`}`;
const whole = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
const png = part(`${named('file', 'a.png')}\r\nContent-Type: image/png`, picture().subarray(0, 200));

/** As decent clients send it. */
const samples = [
  whole(part(named('activity'), '{"type":"message","text":"账单"}'), png),
  whole(
    part(
      `${named('activity', 'blob')}\r\nContent-Type: application/vnd.microsoft.activity`,
      '{"type":"message"}',
    ),
    png,
  ),
  whole(png, part(`${named('file', '%22二%22.pdf')}\r\nContent-Type: application/pdf`, pdf())),
  whole(
    part(
      named('activity'),
      '{"type":"message","attachments":[{"name":"a.png","contentUrl":"file:///etc/passwd"}]}',
    ),
    png,
  ),
];

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      ...[`--${BOUNDARY}\r\n`, `--${BOUNDARY}--`, '\r\n\r\n', '\r\n', '\0', '"', ';', "filename*=UTF-8''%ff"],
      ...[
        'name="activity"',
        'name="__proto__"',
        '../../x',
        '{"type":',
        '[[[[',
        '"type":"typing"',
        '\\ud800',
        '%PDF-',
      ],
      ...['Content-Transfer-Encoding: base64', 'Content-Type: multipart/mixed; boundary=y'],
    )
    .map((text) => Buffer.from(text)),
);
const change = fc.record({ at: fc.nat(), cut: fc.nat(30), put: piece });
const mutated = fc
  .tuple(fc.nat(samples.length - 1), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([which, changes]) =>
    changes.reduce((body, { at, cut, put }) => {
      const from = at % (body.length + 1);
      return Buffer.concat([body.subarray(0, from), put, body.subarray(from + cut)]);
    }, samples[which] ?? Buffer.alloc(0)),
  );
const type = fc.oneof(
  { weight: 12, arbitrary: fc.constant(`multipart/form-data; boundary=${BOUNDARY}`) },
  fc.constantFrom('multipart/form-data', 'multipart/form-data; boundary=', 'image/png', 'text/plain', ''),
  fc.string({ maxLength: 30 }).map((it) => `multipart/form-data; ${it.replace(/[^\x20-\x7e]/g, '')}`),
);
const right = fc.constantFrom('mine', 'mine', 'mine', 'mine', 'none', 'forged');

interface Sent {
  body: Buffer;
  contentType: string;
  token: string | undefined;
}

/** Resolves with the status, 0 if the server hung up. */
function sends({ body, contentType, token }: Sent): Promise<{ status: number; answer: string }> {
  const url = `${webchat.url}/v3/directline/conversations/${me.conversationId}/upload`;
  const headers = {
    ...{ 'content-type': contentType, 'content-length': body.length },
    ...(token && { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve) => {
    const request = httpRequest(url, { method: 'POST', headers }, async (response) => {
      let answer = '';
      for await (const chunk of response) answer += chunk;
      resolve({ status: response.statusCode ?? 0, answer });
    });
    request.once('error', () => resolve({ status: 0, answer: '' }));
    request.end(body);
  });
}

test('10,000 mutated uploads are taken in or refused with a code, and none without the right', {
  timeout: 900_000,
}, async () => {
  const statuses = new Map<number, number>();
  const thread = webchat.host.threads.get(me.conversationId);
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(mutated, type, right, fc.nat(), async (body, contentType, whose, at) => {
      const { token } = me;
      const forged = `${token.slice(0, at % token.length)}x${token.slice((at % token.length) + 2)}`;
      const sent = { body, contentType, token: { mine: token, none: undefined, forged }[whose] };
      const { status, answer } = await sends(sent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200) taken++;
      if (whose !== 'mine') expect([401, 403]).toContain(status);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(500);
      if (status !== 200)
        expect(JSON.parse(answer).error).toEqual({ code: expect.any(String), message: expect.any(String) });
      expect(thread?.inbound.length).toBe(taken);
      // Every thousand or so nothing but what the last ones left is kept.
      if (webchat.host.files.size > 1000) webchat.host.files.clear();
    }),
    { numRuns: 10_000, endOnFailure: true },
  );
  for (const status of [200, 400, 415]) expect(statuses.get(status), `${status}`).toBeGreaterThan(50);
  for (const { text, files = [] } of thread?.inbound ?? [])
    expect(text + files.map(({ name }) => name).join('')).not.toMatch(/\0|\p{Surrogate}/u);
  expect(webchat.errors).toEqual([]);
  expect(
    (
      await sends({
        body: samples[0] ?? Buffer.alloc(0),
        contentType: `multipart/form-data; boundary=${BOUNDARY}`,
        token: me.token,
      })
    ).status,
  ).toBe(200);
});
