import { z } from 'zod';

/** Only the origin: a path would look as if it narrowed what it doesn't. */
function isOrigin(text: string): boolean {
  if (text === '*') return true;
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash && !username;
}

/** The settings of a site 站点 in the channels' file; rows of the database are read leniently, by directline/sites.ts. */
export const settings = z.strictObject({
  /** Its name in `data-site`; without it the account's id. */
  site: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'must be at most 64 letters, digits, and _ . : -')
    .optional(),
  /** Origins of the pages that may embed it; `*` is any. */
  origins: z
    .array(
      z.string().refine(isOrigin, 'must be an origin such as https://shop.example, without a path, or *'),
    )
    .default([]),
  /** Signs `userToken`s. */
  secret: z.string().min(32, 'must have at least 32 characters').optional(),
  locale: z.enum(['zh-CN', 'en'], 'must be zh-CN or en').default('zh-CN'),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #0a7d5a, in quotes')
    .optional(),
  greeting: z.string().trim().min(1).max(300).optional(),
  cards: z.enum(['adaptive', 'hero'], 'must be adaptive or hero').default('adaptive'),
});

export type Settings = z.output<typeof settings>;
