import type { IncomingMessage } from 'node:http';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { Refused } from '../kit/webhook.ts';

export type Form = Record<string, string | string[]>;

/**
 * The form of an authentic request. The signature covers the public address with its query, and every field:
 * https://www.twilio.com/docs/usage/security#validating-requests . It has no time stamp: a replay is stopped by the
 * message's id.
 * @throws Refused 405, 415, 403
 */
export function verified(
  request: IncomingMessage,
  body: Buffer,
  { authToken, publicUrl }: { authToken: string; publicUrl: string | undefined },
): Form {
  if (request.method !== 'POST') throw new Refused(405, 'POST only');
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw new Refused(415, 'a form only');
  const signature = request.headers['x-twilio-signature'];
  if (typeof signature !== 'string' || publicUrl === undefined) throw new Refused(403, 'not signed');
  const form = formOf(body);
  if (!matches(authToken, signature, publicUrl + request.url, form))
    throw new Refused(403, 'the signature does not match');
  return form;
}

/** The library compares in constant time; it throws where the address isn't one. */
function matches(...signed: Parameters<typeof webhooks.validateRequest>): boolean {
  try {
    return webhooks.validateRequest(...signed);
  } catch {
    return false;
  }
}

function formOf(body: Buffer): Form {
  const fields = new URLSearchParams(body.toString('utf8'));
  const names = new Set(fields.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] as string) : values];
    }),
  );
}
