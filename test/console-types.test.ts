import { expect, test } from 'vitest';
import { routeTable } from '../bot/compose/routes.ts';
import { consoleTypes } from '../bot/http/console-types.ts';

const FILE = '../channels/console/api.d.ts';

test('the console is compiled against the API as it is (--update renews the file)', async () => {
  await expect(await consoleTypes(routeTable())).toMatchFileSnapshot(FILE);
});
