import { wire as api, call, newClientId } from '../api/call.ts';
import { ApiError } from '../api/error.ts';

/** The part of Direct Line 3.0 that the staff chat speaks; source: Microsoft, "Direct Line API 3.0" and Activity schema. */
export interface Activity {
  type: string;
  id?: string;
  timestamp?: string;
  from?: { id?: string; name?: string; role?: string };
  text?: string;
  textFormat?: string;
  value?: unknown;
  attachments?: { contentType?: string; content?: unknown; contentUrl?: string; name?: string }[];
  suggestedActions?: { actions?: CardAction[] };
  channelData?: { clientActivityID?: string };
}

export interface CardAction {
  type?: string;
  title?: string;
  value?: unknown;
}

export interface ActivitySet {
  activities?: Activity[];
  watermark?: string;
}

/** A right to one's own staff chat; it ends, and is then asked for again with the session. */
export interface Pass {
  conversationId: string;
  token: string;
}

const BASE = '/v3/directline/conversations';
const TIMEOUT_MS = 15_000;

export async function newPass(): Promise<Pass> {
  const { conversationId, token } = await call('POST /api/v1/staff/directline-token', {});
  return { conversationId, token };
}

/** The address of the stream from `watermark` on; without one from the beginning. */
export async function streamUrl(pass: Pass, watermark: string): Promise<string> {
  const at = `${BASE}/${encodeURIComponent(pass.conversationId)}?watermark=${encodeURIComponent(watermark)}`;
  const { streamUrl: address } = (await ask('GET', at, pass)) as { streamUrl?: string };
  if (!address) throw new ApiError('unavailable', 'no stream');
  return address;
}

export async function post(pass: Pass, activity: Activity): Promise<void> {
  await ask('POST', `${BASE}/${encodeURIComponent(pass.conversationId)}/activities`, pass, {
    ...activity,
    locale: api.locale,
  });
}

async function ask(method: string, address: string, pass: Pass, body?: unknown): Promise<unknown> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${pass.token}`,
    'accept-language': api.locale,
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(address, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      // The token says who speaks; the session's cookie has no business here.
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    answer = await response.json().catch(() => undefined);
  } catch (error) {
    throw new ApiError('network', String(error));
  }
  if (response.ok) return answer;
  const told = (answer as { error?: { message?: string } } | undefined)?.error?.message;
  const expired = response.status === 401 || response.status === 403;
  throw new ApiError(expired ? 'expired' : 'refused', told ?? `HTTP ${response.status}`, response.status);
}

/** What one says: the server answers a repeat with the same id as the first. */
export function message(text: string, value?: unknown, clientActivityID = newClientId()): Activity {
  return { type: 'message', text, channelData: { clientActivityID }, ...(value !== undefined && { value }) };
}
