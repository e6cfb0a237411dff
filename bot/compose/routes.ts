import type { Database, hot } from '../../prisma/client.ts';
import type { BroadcastParts } from '../broadcast/parts.ts';
import { broadcastRoutes } from '../broadcast/routes.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import { deliveryRoutes } from '../deliveries/routes.ts';
import { deskActions } from '../desk/actions.ts';
import { liveRoutes } from '../desk/live.ts';
import { presenceRoutes } from '../desk/presence-routes.ts';
import { deskRoutes } from '../desk/routes.ts';
import { transcriptRoutes } from '../desk/transcript.ts';
import type { EditingParts } from '../editing/parts.ts';
import { editingRoutes } from '../editing/routes.ts';
import { fileRoutes } from '../files/routes.ts';
import { fileStore } from '../files/store.ts';
import type { Route } from '../http/route.ts';
import { linkingRoutes } from '../linking/routes.ts';
import { createPeople, type People } from '../people/index.ts';
import { createSealing, type Sealing } from '../people/sealing.ts';
import { holidayRoutes } from '../policy/holiday-routes.ts';
import { policyRoutes } from '../policy/routes.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import { attendanceRoutes } from '../staff/attendance/routes.ts';
import { dutyLogRoutes } from '../staff/duty/log/routes.ts';
import { incidentSource } from '../staff/duty/matters/incidents.ts';
import { handoverRoutes } from '../staff/handover/routes.ts';
import { ledgerRoutes } from '../staff/leave/ledger-routes.ts';
import { leaveRoutes } from '../staff/leave/routes.ts';
import { noticeRoutes } from '../staff/notices/routes.ts';
import { rosterRoutes } from '../staff/roster/routes.ts';
import { staffRoutes } from '../staff/routes.ts';
import { swapRoutes } from '../staff/swap/routes.ts';
import { ticketRoutes } from '../tickets/routes.ts';

/** What the routes work with; they do nothing until a request comes. */
export interface RouteSources {
  db: Database;
  people: People;
  pipeline: Pipeline;
  sealing: Sealing;
  policy(): PolicyVersion;
  knowledge: EditingParts['knowledge'];
}

/** The whole route table: a part's routes are plugged in here. */
export function allRoutes({ db, people, pipeline, sealing, policy, knowledge }: RouteSources): Route[] {
  const { audit } = people;
  const publish = (events: hot.EventRow[]) => pipeline.publish([], events);
  const actions = deskActions({ pipeline, audit, policy });
  const post = () => ({ vault: pipeline.parts.vault, wake: () => void pipeline.wakeTold() });
  // What is sealed: handovers, duty logs, minutes.
  const records = {
    ...{ db, audit, sealing, policy, handover: { incidents: incidentSource(policy) } },
    vault: () => pipeline.parts.vault,
    wake: () => void pipeline.wakeTold(),
  };
  return [
    ...people.routes,
    ...deskRoutes({ db, actions, policy }),
    ...presenceRoutes({ db, publish }),
    ...transcriptRoutes({ db, pipeline }),
    ...liveRoutes({ db, pipeline }),
    ...staffRoutes({
      db,
      vault: () => pipeline.parts.vault,
      channelOf: (account) => pipeline.channelOf(account),
    }),
    ...ledgerRoutes({ db, parts: () => ({ audit, policy, ...post() }) }),
    ...leaveRoutes({
      ...{ db, files: fileStore(db) },
      parts: () => ({ audit, policy, ...post() }),
    }),
    ...holidayRoutes({ db, audit }),
    ...linkingRoutes({
      ...{ db, audit, policy },
      vault: () => pipeline.parts.vault,
      channelOf: (account) => pipeline.channelOf(account),
    }),
    ...deliveryRoutes({ db, audit, nudge: () => pipeline.nudge() }),
    ...broadcastRoutes({ ...broadcastParts(db, pipeline), audit, policy }),
    ...ticketRoutes({ db, audit, sealing, policy, publish, wake: () => void pipeline.wakeTold() }),
    ...editingRoutes({ db, audit, pipeline, policy, knowledge }),
    ...policyRoutes({ db, audit, pipeline, policy }),
    ...noticeRoutes({
      db,
      post: () => ({ audit, ...post() }),
    }),
    ...fileRoutes({ db, audit, files: fileStore(db) }),
    ...rosterRoutes({ db, audit, policy, post }),
    ...handoverRoutes(records),
    ...dutyLogRoutes(records),
    ...swapRoutes({ db, policy }),
    ...attendanceRoutes({ db, policy }),
  ];
}

/** What broadcasts need of the pipeline, read when it is asked: the route table is made before there is one. */
export const broadcastParts = (db: Database, pipeline: Pipeline): BroadcastParts => ({
  db,
  vault: () => pipeline.parts.vault,
  channelOf: (account) => pipeline.channelOf(account),
  quietUntil: (now) => pipeline.parts.quietUntil?.(now),
  publish: (said) => pipeline.publish(said),
  nudge: () => pipeline.nudge(),
});

/** The table without anything behind it, for its readers: the console's types, the test that walks it. */
export function routeTable(): Route[] {
  const sealing = createSealing(Buffer.alloc(32));
  const people = createPeople({ db: nothing(), clock: nothing(), sealing, production: true });
  return allRoutes({
    db: nothing(),
    people,
    pipeline: nothing(),
    sealing,
    policy: nothing(),
    knowledge: nothing(),
  });
}

/** Stands where a part of the running product would; whoever calls it finds that it isn't there. */
function nothing<T extends object>(): T {
  const call = () => {
    throw new Error('this route table has no product behind it');
  };
  return new Proxy(call, { get: () => nothing() }) as unknown as T;
}
