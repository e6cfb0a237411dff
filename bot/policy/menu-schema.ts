import { z } from 'zod';
import { localised, slug } from './values.ts';

/**
 * One line of the menu 菜单 (RULEBOOK §2.12): it opens another menu, asks the knowledge a question, starts a form,
 * calls a person or tells a ticket's state. The same tree serves every channel; items are numbered in their order.
 */
export type MenuItem = { title: { 'zh-CN': string; en: string } } & (
  | { items: MenuItem[] }
  | { ask: { 'zh-CN': string; en: string } }
  | { form: string }
  | { do: 'handoff' | 'ticketStatus' }
);

const item: z.ZodType<MenuItem> = z.lazy(() =>
  z.union([
    z.strictObject({ title: localised, items: z.array(item).min(1).max(9) }),
    z.strictObject({ title: localised, ask: localised }),
    z.strictObject({ title: localised, form: slug }),
    z.strictObject({ title: localised, do: z.enum(['handoff', 'ticketStatus']) }),
  ]),
);

/** At most nine items each: 0 stays free for a person in the main menu, and for the way back in the others. */
export const menuSchema = z.strictObject({ items: z.array(item).min(1).max(9) });
export type MenuPolicy = z.infer<typeof menuSchema>;
