import type { Activity, ActivitySet, ConversationInfo, SiteInfo } from './wire.ts';

/** What went wrong, in the only terms that decide what to do next. */
export type Fault = 'network' | 'expired' | 'gone' | 'busy' | 'refused';

/** Rejection of every call in `Api`; `retryAfterMs` only with `busy`. */
export class WireError extends Error {
  readonly fault: Fault;
  readonly retryAfterMs: number;
  constructor(fault: Fault, message: string, retryAfterMs = 0) {
    super(message);
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

/** A file on its way. */
export interface Parcel {
  file: File;
  signal: AbortSignal;
  /** The share sent, from 0 to 1. */
  progress(share: number): void;
}

/** Direct Line 3.0 over fetch. Each call rejects with `WireError`, never with anything else. */
export interface Api {
  site(site: string): Promise<SiteInfo>;
  generate(site: string, userToken?: string): Promise<ConversationInfo>;
  start(token: string): Promise<ConversationInfo>;
  refresh(token: string): Promise<ConversationInfo>;
  resume(conversationId: string, resumeKey: string): Promise<ConversationInfo>;
  reconnect(id: string, token: string, watermark: string): Promise<ConversationInfo>;
  post(id: string, token: string, activity: Activity): Promise<{ id: string }>;
  /** A message with a file. Aborting rejects with fault `refused`. */
  upload(id: string, token: string, activity: Activity, parcel: Parcel): Promise<{ id: string }>;
  poll(id: string, token: string, watermark: string): Promise<ActivitySet>;
}

/** Longest wait for an answer before the call counts as lost, in milliseconds. */
export const callTimeoutMs = 15_000;

/** `locale`: the language in which the server words a refusal. */
export function createApi(origin: string, locale: string): Api {
  const base = `${origin}/v3/directline`;
  const call = <T>(method: string, path: string, token?: string, body?: unknown): Promise<T> =>
    request<T>(`${base}/${path}`, method, locale, token, body);
  const at = (id: string) => `conversations/${encodeURIComponent(id)}`;
  const mark = (watermark: string) => `watermark=${encodeURIComponent(watermark)}`;
  return {
    site: (site) => call('GET', `sites/${encodeURIComponent(site)}`),
    generate: (site, userToken) => call('POST', 'tokens/generate', undefined, { site, userToken }),
    start: (token) => call('POST', 'conversations', token),
    refresh: (token) => call('POST', 'tokens/refresh', token),
    resume: (conversationId, resumeKey) =>
      call('POST', 'tokens/resume', undefined, { conversationId, resumeKey }),
    reconnect: (id, token, watermark) => call('GET', `${at(id)}?${mark(watermark)}`, token),
    post: (id, token, activity) => call('POST', `${at(id)}/activities`, token, activity),
    upload: (id, token, activity, parcel) =>
      upload(`${base}/${at(id)}/upload`, locale, token, activity, parcel),
    poll: (id, token, watermark) => call('GET', `${at(id)}/activities?${mark(watermark)}`, token),
  };
}

async function request<T>(
  url: string,
  method: string,
  locale: string,
  token?: string,
  body?: unknown,
): Promise<T> {
  const headers: Record<string, string> = { 'accept-language': locale };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      // Tokens do the work; cookies of the operator's site have no business here.
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(callTimeoutMs),
    });
    answer = await response.json().catch(() => undefined);
  } catch (error) {
    throw new WireError('network', String(error));
  }
  if (!response.ok) throw toError(response.status, response.headers.get('retry-after'), answer);
  if (typeof answer !== 'object' || answer === null) throw new WireError('network', 'no JSON in the answer');
  return answer as T;
}

function toError(status: number, retryAfter: string | null, answer: unknown): WireError {
  const told = (answer as { error?: { message?: string } } | null | undefined)?.error?.message;
  const seconds = Number(retryAfter);
  return new WireError(faultOf(status), told ?? `HTTP ${status}`, seconds > 0 ? seconds * 1000 : 0);
}

/** By XMLHttpRequest, because fetch tells no progress; without a limit of time, because lines differ. */
function upload(
  url: string,
  locale: string,
  token: string,
  activity: Activity,
  { file, signal, progress }: Parcel,
): Promise<{ id: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('accept-language', locale);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onerror = () => reject(new WireError('network', 'no answer'));
    request.onabort = () => reject(new WireError('refused', 'cancelled'));
    request.onload = () => {
      const { status, response } = request;
      if (status === 200 && response) resolve(response);
      else reject(toError(status, request.getResponseHeader('retry-after'), response));
    };
    signal.onabort = () => request.abort();
    const form = new FormData();
    form.append('activity', JSON.stringify({ ...activity, attachments: undefined }));
    form.append('file', file, file.name);
    request.send(form);
  });
}

/** Direct Line's statuses: 403 = token expired (401 from some proxies), 404 and 410 = conversation gone. */
export function faultOf(status: number): Fault {
  if (status === 401 || status === 403) return 'expired';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429 || status === 503) return 'busy';
  return status >= 500 || status === 408 ? 'network' : 'refused';
}
