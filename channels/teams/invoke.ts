import { z } from 'zod';
import type { Card, ChannelHost } from '../channel.ts';
import type { WebhookAnswer } from '../kit/webhook.ts';
import { type Activity, personOf } from './activity.ts';
import { ADAPTIVE, adaptiveCard } from './card.ts';
import { say } from './i18n/index.ts';
import { carried } from './parse.ts';

const executed = z.looseObject({ action: z.looseObject({ verb: z.string(), data: carried.optional() }) });

/**
 * A button that is answered within the request: `press` counts it and answers the card as it now stands, `show` draws it
 * again for who opens the chat and counts nothing. Always 200 outside; what came of it stands inside:
 * https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format
 */
export async function invoke(
  { host, onError }: { host: ChannelHost; onError: (error: unknown, where: string) => void },
  activity: Activity,
  conversationId: string,
): Promise<WebhookAnswer> {
  const read = activity.name === 'adaptiveCard/action' ? executed.safeParse(activity.value) : undefined;
  if (!read) return { status: 501 };
  const { verb = '', data = {} } = read.data?.action ?? {};
  try {
    const card = await (verb === 'press'
      ? pressed(host, conversationId, data.token, personOf(activity))
      : verb === 'show'
        ? shown(host, conversationId, data.seq)
        : undefined);
    if (!card) return problem(404, say(activity.locale, 'gone'));
    const place = { seq: data.seq ?? 1, viewers: [activity.from.id] };
    return answer(200, ADAPTIVE, adaptiveCard(card, place));
  } catch (error) {
    const { status = 500 } = (error ?? {}) as { status?: number };
    if (status >= 500) onError(error, `adaptiveCard/action ${verb}`);
    const words = status >= 500 ? 'broken' : status === 404 || status === 410 ? 'gone' : 'refused';
    return problem(status >= 500 ? 500 : 400, say(activity.locale, words));
  }
}

async function pressed(host: ChannelHost, conversationId: string, token: string | undefined, by: string) {
  return token === undefined ? undefined : host.press(conversationId, token, { by });
}

async function shown(host: ChannelHost, conversationId: string, seq = 0): Promise<Card | undefined> {
  const [message] = await host.read(conversationId, seq - 1, 1);
  return message?.seq === seq ? message.card : undefined;
}

const problem = (statusCode: number, message: string) =>
  answer(statusCode, 'application/vnd.microsoft.error', { code: String(statusCode), message });

function answer(statusCode: number, type: string, value: unknown): WebhookAnswer {
  return { status: 200, type: 'application/json', body: JSON.stringify({ statusCode, type, value }) };
}
