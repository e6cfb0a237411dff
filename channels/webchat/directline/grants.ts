import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Refusal } from './errors.ts';
import { type Answer, bearerOf, readJson } from './http.ts';
import { localeTag } from './inbound.ts';
import { networkOf } from './limits.ts';
import type { Server } from './server.ts';
import type { Site } from './sites.ts';
import type { Pass } from './tokens.ts';
import { readUserToken, userIdOf } from './user-token.ts';

const generateBody = z.object({
  site: z.string().min(1).max(64),
  userToken: z.string().min(1).max(4096).nullish(),
  locale: localeTag.max(35).nullish().catch(undefined),
});
const resumeBody = z.object({ conversationId: z.string().max(100), resumeKey: z.string().max(200) });

/** POST tokens/generate: a new visitor's conversation, or the one of the user whom the site vouches for. */
export async function generate(server: Server, request: IncomingMessage): Promise<Answer> {
  const { host, settings, limits } = server;
  limits.generate.take(networkOf(request, settings.trustProxy), host.now());
  const body = parse(generateBody, await readJson(request));
  const site = await server.sites.find(body.site);
  // Colleagues don't come in by the visitors' door: their site looks as if it weren't there.
  if (!site || site.account.audience === 'staff') throw new Refusal('NotFound', 'site');
  server.origins.check(request, site);
  const { key, user } = await whoIs(server, site, body.userToken ?? undefined);
  const conversation = await host.thread(site.account, key, body.locale ?? site.locale);
  const pass: Pass = { conversation, user, site: site.name, audience: 'customer' };
  return { status: 200, body: { ...(await grant(server, pass)), ...(await resumeKey(server, pass)) } };
}

async function whoIs(server: Server, site: Site, userToken: string | undefined) {
  if (!userToken) {
    const random = randomBytes(16).toString('base64url');
    return { key: `visitor:${random}`, user: `dl_${randomBytes(16).toString('base64url')}` };
  }
  const { sub } = await readUserToken(site, userToken, server.host.now());
  return { key: `user:${sub}`, user: userIdOf(server.host.key('webchat-user'), site, sub) };
}

/** POST tokens/refresh: the same right, for another 30 minutes. */
export async function refresh(server: Server, request: IncomingMessage): Promise<Answer> {
  const { pass } = await authorise(server, request);
  return { status: 200, body: await grant(server, pass) };
}

/** POST tokens/resume: a new token and a new key for the key that the browser kept. */
export async function resume(server: Server, request: IncomingMessage): Promise<Answer> {
  const { host, settings, limits } = server;
  limits.resume.take(networkOf(request, settings.trustProxy), host.now());
  const { conversationId, resumeKey } = parse(resumeBody, await readJson(request));
  const found = await host.resume.exchange(conversationId, resumeKey);
  const site = found && (await server.sites.find(found.site));
  if (!found || !site || site.account.audience === 'staff') throw new Refusal('ResumeKeyInvalid');
  server.origins.check(request, site);
  const pass: Pass = {
    conversation: found.conversationId,
    user: found.userId,
    site: site.name,
    audience: 'customer',
  };
  return { status: 200, body: { ...(await grant(server, pass)), resumeKey: found.resumeKey } };
}

/** POST conversations: begins to follow, from the first message on. `user.id` in the body is a claim: ignored. */
export async function start(server: Server, request: IncomingMessage): Promise<Answer> {
  const { pass } = await authorise(server, request);
  const granted = { ...(await grant(server, pass)), ...(await resumeKey(server, pass)) };
  return { status: 201, body: { ...granted, streamUrl: await streamUrl(server, request, pass, 0) } };
}

/** GET conversations/:id: a fresh token and stream address, to go on from the watermark. */
export async function reconnect(
  server: Server,
  request: IncomingMessage,
  id: string,
  query: URLSearchParams,
): Promise<Answer> {
  const { pass } = await authorise(server, request, id);
  const after = watermarkOf(query);
  return {
    status: 200,
    body: { ...(await grant(server, pass)), streamUrl: await streamUrl(server, request, pass, after) },
  };
}

/**
 * The pass of a request, tried against the conversation it names (if it names one) and its page's origin.
 * A conversation that doesn't exist and one of somebody else are told apart by nothing.
 */
export async function authorise(
  server: Server,
  request: IncomingMessage,
  id?: string,
  acting = false,
): Promise<{ pass: Pass; site: Site }> {
  const admitted = admit(server, request, await server.tokens.verify(bearerOf(request), 'rest'), id);
  if (admitted.pass.audience === 'staff') await assertAttended(server, admitted.pass, acting);
  return admitted;
}

/** A colleague's token is worth no more than their being signed in; with TokenExpired their page asks for another. */
export async function assertAttended({ host }: Server, pass: Pass, acting = false): Promise<void> {
  if (!(await host.attends(pass.conversation, acting))) throw new Refusal('TokenExpired');
}

/** The second half of `authorise`, for a pass that came in the address. */
export function admit(server: Server, request: IncomingMessage, pass: Pass, id?: string) {
  const site = server.sites.get(pass.site);
  if (!site || (id !== undefined && id !== pass.conversation)) throw new Refusal('TokenInvalid');
  server.origins.check(request, site);
  return { pass, site };
}

export async function grant(server: Server, pass: Pass) {
  const { token, expiresIn } = await server.tokens.sign(pass, 'rest');
  return { conversationId: pass.conversation, token, expires_in: expiresIn };
}

/** Signed-in colleagues get none: their session, not this browser's storage, is what lets them in again. */
async function resumeKey(server: Server, pass: Pass): Promise<{ resumeKey?: string }> {
  if (pass.audience === 'staff') return {};
  const { conversation: conversationId, user: userId, site } = pass;
  return { resumeKey: await server.host.resume.issue({ conversationId, userId, site }) };
}

async function streamUrl(server: Server, request: IncomingMessage, pass: Pass, after: number) {
  const { token } = await server.tokens.sign(pass, 'stream');
  const base = `${socketBase(server, request)}/v3/directline/conversations/${pass.conversation}/stream`;
  return `${base}?watermark=${after}&t=${token}`;
}

const socketBase = ({ origins }: Server, request: IncomingMessage) =>
  origins.base(request).replace(/^http/, 'ws');

/** Sequence number to go on after. None and an empty one mean the beginning, as Microsoft's client has it. */
export function watermarkOf(query: URLSearchParams): number {
  const given = query.get('watermark') ?? '';
  if (!/^\d{0,15}$/.test(given)) throw new Refusal('BadArgument', 'watermark');
  return Number(given);
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const missing = issue?.code === 'invalid_type' && issue.input === undefined;
  throw new Refusal(
    missing || body === undefined ? 'MissingProperty' : 'BadArgument',
    issue?.path.join('.') || undefined,
  );
}
