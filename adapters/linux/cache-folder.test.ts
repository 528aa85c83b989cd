import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readyAgent } from './agent-binary.ts';
import { defaultCacheHome } from './cache-folder.ts';
import { withCacheHome } from './cache-home.test-data.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

describe('the cache folder', () => {
  it('is XDG_CACHE_HOME if that is set, else ~/.cache', () => {
    const old = process.env['XDG_CACHE_HOME'];
    try {
      process.env['XDG_CACHE_HOME'] = '/somewhere';
      expect(defaultCacheHome()).toBe('/somewhere');
      process.env['XDG_CACHE_HOME'] = '';
      expect(defaultCacheHome()).toMatch(/^\/.*\/\.cache$/);
    } finally {
      if (old === undefined) {
        delete process.env['XDG_CACHE_HOME'];
      } else {
        process.env['XDG_CACHE_HOME'] = old;
      }
    }
  });

  it('is refused at once where nothing can be made or no absolute path is named', async () => {
    expect(await readyAgent({ cacheHome: '/proc/nope/.cache' })).toEqual({
      missing: containing('cannot be made'),
    });
    for (const cacheHome of ['somewhere', '.cache', '']) {
      expect(await readyAgent({ cacheHome })).toEqual({
        missing: containing('set XDG_CACHE_HOME to an absolute folder'),
      });
    }
  });

  it('is refused if others may enter it, and mended by nobody but its owner', () =>
    withCacheHome(async (cacheHome) => {
      const folder = join(cacheHome, 'pinproof');
      mkdirSync(folder);
      for (const [mode, shown] of [
        [0o755, '0755'],
        [0o770, '0770'],
        [0o1700, '01700'],
        [0o500, '0500'],
      ] as const) {
        chmodSync(folder, mode);
        const agent = await readyAgent({ cacheHome });
        expect(agent).toEqual({
          missing: containing(`mode ${shown} instead of 0700`),
        });
      }
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('is refused if it belongs to somebody else', (context) =>
    withCacheHome(async (cacheHome) => {
      if (process.geteuid?.() !== 0) {
        context.skip('only root can give a folder away');
      }
      const folder = join(cacheHome, 'pinproof');
      mkdirSync(folder, { mode: 0o700 });
      chownSync(folder, 65534, 65534);
      expect(await readyAgent({ cacheHome })).toEqual({
        missing: containing('belongs to another user (uid 65534)'),
      });
    }));

  it('is refused if it is a link, and if it cannot be made', () =>
    withCacheHome(async (cacheHome) => {
      symlinkSync(cacheHome, join(cacheHome, 'pinproof'));
      const linked = await readyAgent({ cacheHome });
      expect(linked).toEqual({ missing: containing('is no directory') });
      writeFileSync(join(cacheHome, 'file'), '');
      const below = await readyAgent({ cacheHome: join(cacheHome, 'file', 'below') });
      expect(below).toEqual({ missing: containing('cannot be made') });
    }));
});

describe('the folder around it', () => {
  it('is refused where others could put a folder of theirs in its place', () =>
    withCacheHome(async (cacheHome) => {
      for (const [mode, shown] of [
        [0o777, '0777'],
        [0o770, '0770'],
        [0o702, '0702'],
      ] as const) {
        chmodSync(cacheHome, mode);
        expect(await readyAgent({ cacheHome, compilers: [] })).toEqual({
          missing: `${cacheHome}, where the compiled agent is kept, has mode ${shown}, so that others can write there: set XDG_CACHE_HOME to a folder of your own.`,
        });
      }
    }));

  it('may be one in which only owners rename, as in /tmp', () =>
    withCacheHome(async (cacheHome) => {
      chmodSync(cacheHome, 0o1777);
      const agent = await readyAgent({ cacheHome, compilers: [] });
      expect(agent).toEqual({ missing: containing('could not be compiled') });
    }));

  it('is refused if it belongs to somebody else, but for root', (context) =>
    withCacheHome(async (cacheHome) => {
      if (process.geteuid?.() !== 0) {
        context.skip('only root can give a folder away');
      }
      chownSync(cacheHome, 65534, 65534);
      expect(await readyAgent({ cacheHome })).toEqual({
        missing: containing('kept, belongs to another user (uid 65534): set XDG_CACHE_HOME'),
      });
    }));
});
