import { z } from 'zod';
import { thread } from '../conversation/threads.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import type { ActRoutes } from './act-routes.ts';
import { wrong } from './audience.ts';
import { sendingChannel } from './parts.ts';
import { sayTo } from './say.ts';
import { readBroadcast } from './store.ts';

/** The text as it is, to a few numbers of colleagues, at once: whoever asks for it is awake, quiet hours or not. */
export function testRoute(parts: ActRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/broadcasts/:id/test', action: 'broadcast.write', once: true },
    summary: 'Send the text to a few numbers, to see how it arrives',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({ numbers: z.array(z.string().trim().min(1).max(40)).min(1).max(5) }),
    response: z.strictObject({ queued: z.int() }),
    async handler({ unit, person, params: { id }, body: { numbers }, now }) {
      const { account, text, authorId } = await readBroadcast(unit.sql, id);
      if (authorId !== person.id) throw new AppError('forbidden');
      const channel = sendingChannel(parts, account);
      if (!channel) throw wrong('account', 'field.broadcast_account');
      const places = numbers.map((number, i) => {
        const place = channel.addressOf(account, number);
        if (!place) throw wrong(`numbers.${i}`, 'field.broadcast_number', { number });
        return { account, audience: 'customer' as const, ...place };
      });
      const once = new Map(places.map((place) => [place.key, place]));
      // In the order of their keys, then of their ids: two tests at once must not wait for each other.
      const sorted = [...once.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
      const locales = new Map<string, string>();
      for (const place of sorted) locales.set(await thread(unit, parts.vault(), place, now), place.locale);
      for (const [conversationId, locale] of [...locales].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const { said } = await sayTo(unit, conversationId, { text, can: channel.can, locale }, now);
        unit.afterCommit(() => parts.publish([said]));
      }
      unit.afterCommit(() => parts.nudge());
      const actor = { kind: 'person' as const, id: person.id };
      const details = { numbers: locales.size };
      await parts.audit(unit, {
        actor,
        action: 'broadcast.test',
        object: 'broadcast',
        objectId: id,
        details,
      });
      return { queued: locales.size };
    },
  });
}
