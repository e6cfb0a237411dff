import { createHash } from 'node:crypto';
import { analyse } from './analyse.ts';
import { SETTINGS } from './settings.ts';
import { COMMON } from './synonyms.ts';

/** To be raised when what is learned, or how it is written down, changes in a way that the probe can't see. */
const FORMAT = 3;

/** Texts of every kind: a change of the analysis changes their terms. */
const PROBE =
  "5G套餐怎么辦理？I can't log in: what's my e-SIM PUK ＡＢＣ balance, 129元/月 ラーメン 宽带不能用了";

let known: string | undefined;

/** Stands for the analysis, the settings and the format: an index of another version is not read. */
export function indexVersion(): string {
  if (known) return known;
  const terms = analyse(PROBE);
  const probe = [FORMAT, SETTINGS, COMMON, [...terms.hashes.subarray(0, terms.length)]];
  known = createHash('sha256').update(JSON.stringify(probe)).digest('hex').slice(0, 16);
  return known;
}
