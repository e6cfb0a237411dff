import { expect, test } from 'vitest';
import { addressOf } from '../api/call.ts';
import { addressOfPlace, placeOf } from './router.ts';

test.each([
  ['/console', { page: undefined, id: undefined, known: true }],
  ['/console/', { page: undefined, id: undefined, known: true }],
  ['/console/desk', { page: 'desk', id: undefined, known: true }],
  ['/console/tickets/abc', { page: 'tickets', id: 'abc', known: true }],
  ['/console/undelivered', { page: 'undelivered', id: undefined, known: true }],
  ['/console/nowhere', { page: undefined, id: undefined, known: false }],
  ['/console/desk/a/b', { page: 'desk', id: 'a', known: false }],
  ['/console/knowledge/%E0%A4%A', { page: 'knowledge', id: undefined, known: true }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test('an address made from a place leads back to it', () => {
  const id = 'zh/a 001?';
  expect(placeOf(addressOfPlace('knowledge', id))).toMatchObject({ page: 'knowledge', id });
});

test('an operation’s address has its parts filled in, and no field that is empty', () => {
  const query = { state: undefined, cursor: '', limit: 50, text: '流量 & 话费' };
  expect(addressOf('GET /api/v1/tickets/:id', { id: 'a/b' }, query)).toBe(
    '/api/v1/tickets/a%2Fb?limit=50&text=%E6%B5%81%E9%87%8F+%26+%E8%AF%9D%E8%B4%B9',
  );
});
