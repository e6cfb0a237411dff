import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Database } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Check } from '../health.ts';
import type { Route, SignedIn } from '../http/route.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Sealing } from '../people/sealing.ts';
import type { Mount } from '../server.ts';

/** What every part of the product may be built from. */
export interface Parts {
  config: Config;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  db: Database;
  sealing: Sealing;
}

/** Something that runs beside requests: turns, deliveries, jobs, the sealer. */
export interface Worker {
  name: string;
  start(): Promise<void> | void;
  /** Takes nothing new and resolves once what is in hand is committed. */
  stop(): Promise<void>;
  /** False makes the process not ready. */
  running(): boolean;
}

/** The product as the frame sees it: what to serve, what to run, what to ask, what to close. */
export interface Product {
  routes: readonly Route[];
  authenticate(request: IncomingMessage): Promise<SignedIn | undefined>;
  mounts: readonly Mount[];
  upgrades: readonly ((request: IncomingMessage, socket: Duplex, head: Buffer) => boolean)[];
  workers: readonly Worker[];
  checks: readonly Check[];
  /** Accounts of channels: which are on, and which are off and why. */
  accounts: { on: string[]; off: { account: string; why: string }[] };
  /** The server answers: what only makes answers better, and would make the start slower, begins now. */
  listening(): void;
  /** Closes channels, so that their streams end. Called when the workers have stopped. */
  close(): Promise<void>;
}
