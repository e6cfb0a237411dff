import type { Sql } from '../../../../prisma/client.ts';
import { namesIn } from '../../../dialog/names.ts';
import { everybody } from '../../../people/directory.ts';
import { carrierIn } from './read.ts';

/**
 * Who an instruction says is to carry it out: 「由沈佳怡负责」. null: nobody, so its reporter; `several`: the name fits more
 * than one. A department is nobody's name.
 */
export async function carrierNamed(
  sql: Sql,
  text: string,
  speaker: { readonly id: string; readonly teamId: string | null },
): Promise<string | null | 'several'> {
  const named = carrierIn(text);
  if (named === undefined) return null;
  const [only, ...more] = namesIn(named, await everybody(sql), speaker)[0]?.people ?? [];
  if (more.length > 0) return 'several';
  return only?.id ?? null;
}
