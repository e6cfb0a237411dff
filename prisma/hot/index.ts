// The hot path: the few prepared statements that every message goes through. Prisma serves everything else.
export * from './addresses.ts';
export * from './broadcasts.ts';
export * from './commit.ts';
export * from './files.ts';
export * from './lanes.ts';
export * from './ownership.ts';
export * from './pace.ts';
export * from './receipts.ts';
export * from './receive.ts';
export * from './rows.ts';
export * from './streams.ts';
export * from './turns.ts';
export * from './upkeep.ts';
