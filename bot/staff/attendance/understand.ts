import type { Temporal } from 'temporal-polyfill';
import { numberOf } from '../../dialog/dates/numerals.ts';

const LENGTH =
  /(?<half>半个?(?:小时|钟头)|half an hour)|(?<quarter>一刻钟|a quarter of an hour)|(?<hours>\d+|[一二两三])个?(?:小时|钟头|hours?)|(?<minutes>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:分钟|分|min(?:ute)?s?)/iu;
const AWAY =
  /^(?:我(?:要|想)?|申请|想)*(?:离席|离岗|暂离|离开(?:一下|座位|岗位)?|step(?:ping)? away|leav(?:e|ing) (?:my|the) desk)(?<rest>[\s\S]*)$/iu;

/** 「离席15分钟，取快递」; `minutes` undefined where it isn't said. */
export function readAway(text: string): { minutes?: number; reason: string } | undefined {
  const rest = AWAY.exec(text.trim())?.groups?.rest;
  if (rest === undefined || rest.length > 200) return undefined;
  const length = LENGTH.exec(rest);
  const reason = (length ? rest.replace(length[0], ' ') : rest)
    .replace(/^(?:[\s,，:：、;；。.!！]|(?:for|to)\s)+|[\s,，:：、;；。.!！]+$/giu, '')
    .trim();
  const minutes = length?.groups && minutesOf(length.groups);
  return { reason, ...(minutes && { minutes }) };
}

function minutesOf({ half, quarter, hours, minutes }: Record<string, string | undefined>): number {
  if (half) return 30;
  if (quarter) return 15;
  return hours ? (numberOf(hours) ?? 0) * 60 : (numberOf(minutes ?? '') ?? 0);
}

const EXCUSE =
  /^(?:免计|不计违纪|excuse)\s*(?<who>[^\s:：,，]{1,20})(?:\s*[:：,，]\s*(?<text>[\s\S]{1,500}))?$/iu;

/** 「免计周晓彤：地铁故障」. */
export function readExcuse(text: string): { who: string; note: string } | undefined {
  const found = EXCUSE.exec(text.trim())?.groups;
  return found?.who ? { who: found.who, note: found.text?.trim() ?? '' } : undefined;
}

/** The month (`YYYY-MM`) that a sentence names; this one if none. A month that is to come is last year's. */
export function monthIn(text: string, today: Temporal.PlainDate): string {
  if (/上个?月|last month/iu.test(text)) return today.subtract({ months: 1 }).toString().slice(0, 7);
  const year = /(?<!\d)(20\d\d)\s*[年-]/u.exec(text)?.[1];
  const month = Number(/(?<!\d)(\d{1,2})\s*月|20\d\d-(\d\d)/u.exec(text)?.slice(1).find(Boolean) ?? 0);
  if (month < 1 || month > 12) return today.toString().slice(0, 7);
  const past = year ? Number(year) : month > today.month ? today.year - 1 : today.year;
  return `${past}-${String(month).padStart(2, '0')}`;
}
