import { type ApiError, asApiError } from '../api/error.ts';
import { type Locale, named, type Translate } from '../i18n/index.tsx';

/** What a person is told about an error: the server's own sentence, with the name it gives where there is one. */
export function wordsFor(error: unknown, t: Translate): string {
  const told: ApiError = asApiError(error);
  if (told.code === 'network') return t('app.network');
  const { by, fields } = told.details;
  if (told.code === 'already_taken' && typeof by === 'string') return t('desk.taken', { name: by });
  if (told.code === 'not_owner' && typeof by === 'string') return t('desk.takenByOther', { name: by });
  const [first] = Array.isArray(fields) ? (fields as FieldProblem[]) : [];
  return first?.problem ?? told.message;
}

type FieldProblem = { path?: string; problem?: string };

/** What the server says is wrong with one field. */
export function problemAt({ details }: ApiError, path: string): string | undefined {
  const fields = Array.isArray(details.fields) ? (details.fields as FieldProblem[]) : [];
  return fields.find((field) => field.path === path)?.problem;
}

/** `短信 · 辰星客服`: an account's id begins with its channel. */
export function accountWords(account: string, name: string, t: Translate): string {
  return `${named(t, 'channel', account.replace(/:.*/, ''))} · ${name}`;
}

/** A span of time in the largest two units that matter: `3 分`, `2 小时 5 分`. */
export function spanWords(ms: number, t: Translate): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return t('time.seconds', { s: seconds });
  if (hours < 1) return t('time.minutes', { m: minutes });
  if (hours < 48) return t('time.hours', { h: hours, m: minutes % 60 });
  return t('time.days', { d: Math.floor(hours / 24), h: hours % 24 });
}

/** `m:ss`, for what ticks. */
export function ticking(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The centre's time zone, wherever the browser stands. */
const timeZone = 'Asia/Shanghai';
const offset = '+08:00';

/** What a clock on the centre's wall shows, `YYYY-MM-DDTHH:mm`, as epoch milliseconds. */
export const centreMoment = (wall: string): number => Date.parse(`${wall}:00${offset}`);

/** `2026-06-10T09:30`, the other way round. */
export const centreWall = (at: number): string =>
  new Date(at).toLocaleString('sv', { timeZone }).slice(0, 16).replace(' ', 'T');

export function dayOf(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeZone, month: 'numeric', day: 'numeric' }).format(at);
}

export function timeOf(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);
}

export function momentOf(at: number, locale: Locale): string {
  return `${dayOf(at, locale)} ${timeOf(at, locale)}`;
}
