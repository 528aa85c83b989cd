import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callNames } from '../../model/vocabulary/index.ts';
import { linuxAdapter } from './adapter.ts';
import {
  abilitiesMissing,
  hiddenBy,
  lacksFor,
  lacksWhereCookiesAreAsked,
  observedWithout,
  type Refused,
} from './lacks.ts';
import { Supervisor } from './supervisor.ts';

const nothing: Refused = new Map();
const noTree: Refused = new Map([['tree', 'This kernel has no bpf file system.']]);
const noIds: Refused = new Map([['ids', 'The kernel lists nothing.']]);
const noViews: Refused = new Map([['views', 'This process has no CAP_SYS_CHROOT.']]);
const notRoot: Refused = new Map([['permissions', 'This process is not of root.']]);

const callsWithout = (refused: Refused): readonly string[] => Object.keys(lacksFor(refused));

describe('a machine that permits everything', () => {
  it('lacks nothing and hides nothing', () => {
    expect(lacksFor(nothing)).toEqual({});
    expect(abilitiesMissing(nothing)).toEqual([]);
    expect(hiddenBy(nothing)).toEqual([]);
    expect(observedWithout([])).toEqual([
      ...['descriptors', 'paths', 'instances', 'namespaces', 'alive', 'content', 'slots'],
    ]);
  });
});

describe('what is left out', () => {
  it('without a tree of its own is every call by which the machine’s files could be reached', () => {
    const left = callNames.filter((call) => !callsWithout(noTree).includes(call));
    expect(left).toEqual([
      ...['BPF_MAP_CREATE', 'BPF_MAP_UPDATE_ELEM', 'BPF_MAP_LOOKUP_ELEM', 'BPF_MAP_DELETE_ELEM'],
      ...['BPF_MAP_GET_NEXT_KEY', 'BPF_PROG_LOAD', 'BPF_PROG_TEST_RUN', 'BPF_MAP_FREEZE'],
      ...['BPF_OBJ_GET_INFO_BY_FD', 'BPF_MAP_GET_FD_BY_ID', 'BPF_PROG_GET_FD_BY_ID'],
      ...['BPF_MAP_GET_NEXT_ID', 'BPF_PROG_GET_NEXT_ID', 'close', 'dup', 'dup2', 'dup3', 'fcntl'],
      ...['pipe2', 'fork', 'clone', 'exit_group', 'kill', 'socketpair', 'sendmsg', 'recvmsg'],
      ...['SO_ATTACH_BPF', 'SO_DETACH_FILTER', 'BPF_LINK_GET_FD_BY_ID', 'BPF_LINK_GET_NEXT_ID'],
      ...['RTM_NEWTFILTER', 'RTM_DELTFILTER', 'RTM_DELQDISC'],
    ]);
    expect(lacksFor(noTree)['mount']).toBe(
      'calls on paths, mounts and namespaces: this kernel has no bpf file system.',
    );
    expect(observedWithout(['tree'])).toEqual([
      ...['descriptors', 'namespaces', 'alive', 'content', 'slots'],
    ]);
  });

  it('without lists of objects is every call by id, and what is known of objects', () => {
    expect(callsWithout(noIds)).toContain('BPF_MAP_GET_NEXT_ID');
    expect(callsWithout(noIds)).toContain('bpf');
    expect(callsWithout(noIds)).not.toContain('BPF_OBJ_PIN');
    expect(observedWithout(['ids'])).toEqual(['descriptors', 'paths', 'instances', 'namespaces']);
  });

  it('without the roots of processes is setns, and what is seen by paths', () => {
    expect(callsWithout(noViews)).toEqual(['setns']);
    expect(observedWithout(['views'])).not.toContain('paths');
    expect(observedWithout(['views'])).toContain('content');
  });

  it('of another user is what root is asked about, and nothing is hidden', () => {
    expect(callsWithout(notRoot)).toEqual(
      expect.arrayContaining([
        'chmod',
        'chown',
        'access',
        'setresuid',
        'statx',
        'umask',
        'remount',
      ]),
    );
    expect(abilitiesMissing(notRoot)).toEqual([]);
    expect(hiddenBy(notRoot)).toEqual([]);
  });

  it('has one reason where there are several', () => {
    const all: Refused = new Map([...noIds, ...noTree, ...noViews]);
    expect(lacksFor(all)['setns']).toMatch(/^calls on paths/);
    expect(lacksFor(all)['BPF_MAP_GET_NEXT_ID']).toMatch(/^calls by id: the kernel/);
    expect(abilitiesMissing(all)).toEqual(['ids', 'tree', 'views']);
    expect(hiddenBy(all)).toEqual([
      { fields: ['paths', 'instances'], reason: 'This kernel has no bpf file system.' },
      { fields: ['alive', 'content', 'slots'], reason: 'The kernel lists nothing.' },
    ]);
  });
});

describe('the agent that plays alone', () => {
  const source = readFileSync(join(import.meta.dirname, 'agent', 'player.c'), 'utf8');
  const table = /needs\[\] = \{\n(.*?)\n\};/s.exec(source)?.[1] ?? '';
  const rows = [...table.matchAll(/\{"([\w ]+?) ?",\s*\{([^}]*)\}\}/g)].map(
    ([, need = '', calls = '']) => [need, calls.match(/[\w-]+/g) ?? []] as const,
  );

  it('leaves out the same calls', () => {
    const own = (['execve', 'network', 'users', 'cgroups'] as const).map(
      (what) => [`without ${what}`, Object.keys(lacksFor(new Map([[what, '']])))] as const,
    );
    const asked = ['cookies asked', Object.keys(lacksWhereCookiesAreAsked)] as const;
    const sorted = (all: readonly (readonly [string, readonly string[]])[]) =>
      Object.fromEntries(all.map(([need, calls]) => [need, [...calls].sort()]));
    expect(sorted(rows)).toEqual(sorted([...own, asked]));
  });
});

it('an adapter declares what is left, and says what it hides', async () => {
  const machine = { release: 'test', unprivilegedBpf: 'disabled' } as const;
  const supervisor = new Supervisor('/none', { callMs: 1, messageMs: 1 });
  const told = {
    lacks: lacksFor(noTree),
    without: abilitiesMissing(noTree),
    hides: hiddenBy(noTree),
  };
  const adapter = linuxAdapter(supervisor, { ...machine, ...told });
  const { hello } = adapter;
  expect(hello.calls).not.toContain('mount');
  expect(hello.calls).toContain('fork');
  expect(hello.hides).toEqual(told.hides);
  await adapter.close();
});
