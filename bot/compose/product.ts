import { ALWAYS, CHANNELS } from '../../channels/registry.ts';
import { knowledgeStream } from '../../knowledge/index.ts';
import { hot } from '../../prisma/client.ts';
import { channelHost } from '../conversation/host.ts';
import { Pipeline, type PipelineNote } from '../conversation/pipeline.ts';
import { customerFallback } from '../customer/fallback.ts';
import { customerResponder } from '../customer/respond.ts';
import { leaveWithoutSession } from '../desk/presence.ts';
import { Cards } from '../dialog/cards.ts';
import { createPeople } from '../people/index.ts';
import type { Purpose } from '../people/sealing.ts';
import { optWord, quietUntil } from '../policy/contact.ts';
import { PolicyHolder, policyStream } from '../policy/holder.ts';
import { incidentSource } from '../staff/duty/matters/incidents.ts';
import { staffJobs } from '../staff/jobs.ts';
import { commandList } from '../staff/listing.ts';
import { registerStaffCards, staffFallback, staffResponder } from '../staff/respond.ts';
import { configure, openAccounts, readAccounts } from './accounts.ts';
import { backgroundWorkers, broadcasts, seen } from './background.ts';
import { followKnowledge, openKnowledge } from './knowledge.ts';
import type { Parts, Product } from './parts.ts';
import { keepQdrant } from './qdrant.ts';
import { allRoutes, broadcastParts } from './routes.ts';

/**
 * Puts the product together: knowledge, pipeline, channels. The one place, with routes.ts and seed.ts, where
 * a new part is plugged in.
 */
export async function composeProduct(parts: Parts): Promise<Product> {
  const { config, clock, db, log, metrics, sealing } = parts;
  const publish = (events: hot.EventRow[]) => pipeline.publish([], events);
  const people = createPeople({
    ...{ db, clock, sealing, production: config.production },
    onSignedOut: (unit, personId) => leaveWithoutSession(unit, { personId, ...seen(clock.now()) }, publish),
  });
  const heads = await hot.streamHeads(db.sql, [], [knowledgeStream, policyStream]);
  const policy = await PolicyHolder.open(db, clock.now());
  const { knowledge, learner } = openKnowledge(parts, policy, publish);
  await knowledge.open();
  const qdrant = await keepQdrant(parts, knowledge);

  const setup = {
    publicUrl: () => config.publicUrl,
    now: clock.now,
    onError: (error: unknown, where: string) => log.error({ err: error, where }, 'A channel failed'),
  };
  const count = counted(metrics);
  const { file, variable } = config.channels;
  const configured = await configure(file ? readAccounts(file, variable) : [], CHANNELS, ALWAYS);
  const opened = await openAccounts(db.sql, configured, setup, new Date(clock.now()));
  for (const { account, why } of configured.off) log.warn({ account, why }, 'A channel account is off');
  const channels = new Map(opened.map((channel) => [channel.name, channel]));
  const cards = new Cards(db, clock.now);
  const vault = {
    lookup: (value: string) => sealing.lookupKey('address', value),
    seal: (value: string) => sealing.seal('address', value),
    open: (sealed: Uint8Array) => sealing.open('address', sealed),
  };
  const customerParts = { knowledge, sealing, vault, audit: people.audit, policy: () => policy.current };
  const customer = customerResponder(customerParts);
  const staffParts = {
    ...{ vault, cards, audit: people.audit, policy: () => policy.current },
    wake: () => void pipeline.wakeTold(),
    handover: { incidents: incidentSource(() => policy.current) },
  };
  registerStaffCards(cards, staffParts);
  const staff = staffResponder(staffParts);
  const customerWayOut = customerFallback(customerParts);
  const pipeline = new Pipeline({
    ...{ db, now: clock.now, random: Math.random, vault, channels },
    respond: (turn) => (turn.conversation.audience === 'staff' ? staff(turn) : customer(turn)),
    fallback: (turn) => (turn.conversation.audience === 'staff' ? staffFallback(turn) : customerWayOut(turn)),
    press: cards.press,
    quietUntil: (now) =>
      quietUntil(policy.current.policy.contact.quietHours, now, policy.current.policy.centre.timeZone),
    optWord: (text) => optWord(policy.current.policy.contact, text),
    remote: knowledge.remote !== undefined,
    onError: (error, about) => log.error({ err: error, about }, 'pipeline'),
    note: (what, fields) => {
      log.info(fields, what);
      count(what, fields);
    },
  });
  metrics.gauge('knowledge_entries', 'Published entries', () => knowledge.size);
  metrics.gauge('knowledge_learned', '1 when all published entries have been learned', () =>
    Number(knowledge.learned),
  );
  const host = channelHost(pipeline, (purpose) => sealing.key(purpose as Purpose), commandList);
  for (const channel of channels.values()) await channel.open(host);
  const unfollow = followKnowledge(parts, pipeline, { knowledge, learner }, heads.get(knowledgeStream) ?? 0);
  const unfollowPolicy = pipeline.events.follow(policyStream, heads.get(policyStream) ?? 0, () => {
    policy
      .refresh(clock.now())
      .catch((error) => log.error({ err: error }, 'A new policy could not be taken up'));
  });

  let running = false;
  return {
    routes: allRoutes({ db, people, pipeline, sealing, policy: () => policy.current, knowledge }),
    authenticate: people.authenticate as Product['authenticate'],
    mounts: [...channels.values()].flatMap((c) =>
      c.http && c.prefix ? [{ prefix: c.prefix as `/${string}`, handler: c.http }] : [],
    ),
    upgrades: [...channels.values()].flatMap((c) => (c.upgrade ? [c.upgrade.bind(c)] : [])),
    workers: [
      {
        name: 'pipeline',
        async start() {
          await pipeline.start();
          running = true;
        },
        async stop() {
          running = false;
          await pipeline.stop();
        },
        running: () => running,
      },
      broadcasts(parts, broadcastParts(db, pipeline)),
      ...backgroundWorkers(parts, publish, staffJobs(db, staffParts, clock.now)),
      ...qdrant,
    ],
    accounts: {
      on: configured.kinds.flatMap(({ accounts }) => accounts.map(({ id }) => id)),
      off: configured.off,
    },
    checks: [{ name: 'knowledge', ok: async () => knowledge.size > 0 }],
    listening() {
      // Whoever signs in first would wait for Prisma's first query; nobody needs its answer.
      db.prisma.policyVersion.count().catch(() => {});
      knowledge.learn().catch((error) => log.error({ err: error }, 'The knowledge could not be learned'));
    },
    async close() {
      learner.stop();
      unfollow();
      unfollowPolicy();
      for (const channel of channels.values()) await channel.close();
    },
  };
}

/** Counts what the pipeline did. */
function counted(metrics: Parts['metrics']): PipelineNote {
  const turns = metrics.counter('turns_total', 'Turns of the bot, by outcome', ['outcome']);
  const failures = metrics.counter(
    'turns_failed_total',
    'Turns that ended with the people because the bot failed',
  );
  const sends = metrics.counter('deliveries_total', 'Attempts to deliver, by how they ended', ['state']);
  return (what, fields) => {
    if (what === 'delivery') return sends({ state: fields.state ?? '' });
    turns({ outcome: fields.outcome ?? '' });
    if (fields.failure) failures({});
  };
}
