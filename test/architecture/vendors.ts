import { isTest } from './arrows.ts';
import type { Facts } from './facts.ts';

/**
 * Each vendor library lives in one place, so that it can be swapped there. A package that isn't here may not be
 * imported: add it with its one home.
 */
const HOMES: Record<string, string[]> = {
  pg: ['prisma/'],
  '@prisma/adapter-pg': ['prisma/'],
  '@prisma/client': ['prisma/'],
  '@node-rs/argon2': ['bot/people/'],
  'file-type': ['bot/files/'],
  'csv-parse': ['bot/broadcast/', 'bot/staff/roster/files/'],
  'read-excel-file': ['bot/staff/roster/files/'],
  'write-excel-file': ['bot/staff/roster/files/'],
  'ical-generator': ['bot/staff/roster/calendar/'],
  'graphile-worker': ['bot/jobs/'],
  express: ['bot/http/', 'bot/server.ts', 'bot/health.ts'],
  helmet: ['bot/http/'],
  'json-schema-to-typescript': ['bot/http/'],
  pino: ['bot/open-log.ts'],
  'prom-client': ['bot/metrics.ts'],
  yaml: ['bot/policy/', 'bot/compose/'],
  'opencc-js': ['knowledge/retrieval/'],
  '@qdrant/js-client-rest': ['knowledge/retrieval/qdrant/'],
  '@langchain/openai': ['knowledge/retrieval/dense/', 'knowledge/answer/'],
  '@langchain/core': ['knowledge/langchain/', 'knowledge/ingest/', 'knowledge/answer/'],
  'pinyin-match': ['knowledge/retrieval/'],
  tsx: ['knowledge/learning/'],
  langchain: ['knowledge/answer/'],
  ws: ['channels/webchat/directline/'],
  jose: ['channels/webchat/directline/'],
  '@fastify/busboy': ['channels/webchat/directline/'],
  esbuild: ['channels/webchat/'],
  react: ['channels/console/'],
  'react-dom': ['channels/console/'],
  antd: ['channels/console/'],
  '@ant-design/icons': ['channels/console/'],
  vite: ['channels/console/'],
  '@vitejs/plugin-react': ['channels/console/'],
  botbuilder: ['channels/teams/'],
  twilio: ['channels/sms/'],
  smpp: ['channels/smpp/'],
  telegraf: ['channels/telegram/'],
  '@wecom/crypto': ['channels/wecom/'],
  'fast-xml-parser': ['channels/wecom/'],
};
/** Words of the language here: parsing at the edges, calendar arithmetic. */
const EVERYWHERE = ['zod', 'temporal-polyfill'];

/** Imports of a library outside its home. Tests may use any: they speak to the real peers. */
export function strayVendors({ path, imports }: Facts): string[] {
  if (isTest(path)) return [];
  return imports
    .filter(({ to, internal }) => !internal && !to.startsWith('node:') && !EVERYWHERE.includes(to))
    .filter(({ to }) => !HOMES[to]?.some((home) => path.startsWith(home)))
    .map(({ to }) => `${path} must not import the package ${to}`);
}
