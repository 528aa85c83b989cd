import { describe, expect, it } from 'vitest';
import { createWorld, profiles, type World } from '../index.ts';
import { create, get, mountOn, noEntry, pin } from '../lines.test-data.ts';
import { host, lines, replayed, roomy } from '../replayed.test-data.ts';

const world = (): World =>
  createWorld({
    switches: { ...profiles['linux-4.4'], nsKeyReuse: 'adversarial' },
    bounds: roomy,
    host,
  });

function does(it: World, text: string): void {
  expect(replayed(it, text)).toBe(lines(text));
}

/** An instance whose namespace is gone, kept by a copy that process 1 took along; process 2 has none. */
const leftBehind = `1 fork() = 2
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/m', 3)} = 0
  1 unshare(CLONE_NEWNS) = 0
  2 unshare(CLONE_NEWNS) = 0
  2 umount2("/a", 0) = 0`;

const choose = (it: World): void => {
  const [choice, ...more] = it.choices();
  expect(more).toEqual([]);
  if (choice === undefined) throw new Error('there is no choice');
  it.settle(choice);
};

describe('an instance whose namespace is gone', () => {
  it('is found by a new namespace that got its address', () => {
    const it = world();
    does(it, leftBehind);
    does(it, `2 unshare(CLONE_NEWNS) = 0`);
    choose(it);
    does(
      it,
      `2 ${mountOn('/b')} = 0\n2 ${get('/b/m')} = 3\n2 ${mountOn('/b')} = -1 EBUSY (Device or resource busy)`,
    );
  });

  it('is found by nobody who got another address, and after one mount that is known', () => {
    const it = world();
    does(it, leftBehind);
    does(it, '2 unshare(CLONE_NEWNS) = 0');
    expect(it.choices()).toEqual([{ name: 'reuse-key', object: 1 }]);
    does(it, `2 ${mountOn('/b')} = 0\n2 ${get('/b/m')} = ${noEntry}`);
    expect(it.choices()).toEqual([]);
  });

  it('is not found by a namespace that was there before that one was gone', () => {
    const it = world();
    does(it, `1 fork() = 2\n1 fork() = 3\n1 ${mountOn('/a')} = 0\n3 unshare(CLONE_NEWNS) = 0`);
    does(it, '2 exit_group(0) = ?\n1 exit_group(0) = ?');
    expect(it.choices()).toEqual([]);
    does(it, '3 fork() = 4\n3 unshare(CLONE_NEWNS) = 0');
    expect(it.choices()).toEqual([{ name: 'reuse-key', object: 1 }]);
    does(it, '4 unshare(CLONE_NEWNS) = 0');
    choose(it);
    does(it, `4 ${mountOn('/b')} = 0`);
    expect(it.describe()).toContainEqual(expect.stringMatching(/^superblock 1: .* count=3/));
  });

  it('waits for a namespace that is younger, also once the latest is gone', () => {
    const it = world();
    does(it, leftBehind);
    does(it, '2 unshare(CLONE_NEWNS) = 0\n2 exit_group(0) = ?');
    expect(it.choices()).toEqual([]);
    does(it, '1 unshare(CLONE_NEWNS) = 0');
    expect(it.choices()).toEqual([{ name: 'reuse-key', object: 1 }]);
  });

  it('is nobody’s choice where addresses do not come back', () => {
    const it = createWorld({ switches: profiles['linux-4.4'], bounds: roomy, host });
    does(it, leftBehind);
    does(it, '2 unshare(CLONE_NEWNS) = 0');
    expect(it.choices()).toEqual([]);
  });
});
