import { beforeAll, describe, expect, it } from 'vitest';
import { callNames, charts } from '../../model/index.ts';
import {
  chartNames,
  flipName,
  flippedCharts,
  flipsOf,
  transitionName,
  transitionsOf,
  type ChartName,
} from './flipped-chart.test-data.ts';
import { everything, worldsOfChart } from './small-worlds.test-data.ts';
import { reachedGoals, searchWorld, whatTurnsRed, type Red } from './what-turns-red.test-data.ts';

/**
 * Flips that move nothing that anybody holds: what they change is an answer, which traces ask for: those
 * of model/calls/messages.test.ts and, for the filter, of filters.test.ts.
 */
const answersOnly: readonly string[] = [
  'socket: connected meets peer-closed-unread -> alone',
  'attachment: attached meets socket-closed -> attached',
];

const transitions = chartNames.flatMap(transitionsOf);
const flips = transitions.flatMap(flipsOf);
const worlds = [...new Set([...Object.values(worldsOfChart).flat(), ...everything])];

/** Of the worlds of every profile, the oldest and the newest release are searched with all claims. */
const claimed = worlds.filter(
  ({ name }) => !name.startsWith('everything') || /linux-(4\.4|6\.18)$/.test(name),
);

describe('a transition of a chart', () => {
  it('is taken by calls that all succeed in some small world', { timeout: 240_000 }, () => {
    const succeeded = new Set<string>();
    for (const world of worlds) {
      const searched = searchWorld(world, charts, 'none');
      const counts = 'result' in searched ? searched.result.taken : [];
      for (const call of callNames.filter((_, code) => (counts[code] ?? 0) > 0)) {
        succeeded.add(call);
      }
    }
    // In a search, a raw call is the call that it amounts to; mknod and setxattr would change the host tree.
    expect(callNames.filter((call) => !succeeded.has(call))).toEqual(['bpf', 'mknod', 'setxattr']);
  });

  it.each(transitions.map((one) => [transitionName(one), one] as const))(
    'is taken by some call: without “%s” a chart refuses it',
    (_, one) => {
      const without = flippedCharts(charts, { ...one, target: 'unhandled' });
      const refusal = `a ${one.chart} that is ${one.state} meets ${one.event}`;
      const refused: string[] = [];
      for (const world of worldsOfChart[one.chart]) {
        const searched = searchWorld(world, without, 'none');
        if ('refusal' in searched) refused.push(searched.refusal);
        if (refused.includes(refusal)) break;
      }
      expect(refused).toContain(refusal);
    },
  );
});

describe('the worlds in which flips are looked for', () => {
  it.each(claimed.map((world) => [world.name, world] as const))(
    'hold all claims with the specification’s own charts: %s',
    { timeout: 240_000 },
    (_, world) => {
      for (const claims of ['catalogue', 'state'] as const) {
        expect(searchWorld(world, charts, claims)).toMatchObject({ result: { violations: [] } });
      }
    },
  );
});

describe('a flipped transition', () => {
  const noticed = new Map<string, Red>();

  beforeAll(() => {
    for (const name of chartNames) {
      const reached = reachedGoals(worldsOfChart[name]);
      for (const flip of flips.filter(({ chart }) => chart === name)) {
        const red = whatTurnsRed(worldsOfChart[name], reached, flippedCharts(charts, flip));
        noticed.set(flipName(flip), red);
      }
    }
  }, 240_000);

  it('leads elsewhere and leaves all others, and the given charts, as they are', () => {
    const [flip] = flipsOf({ chart: 'mount', state: 'attached', event: 'detach' });
    if (flip === undefined) throw new Error('the mount chart has other states');
    const before = charts.mount.next.slice();
    const after = flippedCharts(charts, flip);
    expect(charts.mount.next).toEqual(before);
    expect(after).toEqual({ ...charts, mount: { ...charts.mount, next: after.mount.next } });
    const changed = [...after.mount.next.keys()].filter(
      (at) => after.mount.next[at] !== before[at],
    );
    const { states, events, eventNames } = charts.mount;
    expect(changed).toEqual([states.attached * eventNames.length + events.detach]);
  });

  it.each(flips.map(flipName))('is noticed: %s', (name) => {
    const by = answersOnly.includes(name) ? ['nothing'] : ['property', 'goal', 'chart', 'state'];
    expect(by).toContain(noticed.get(name)?.by);
  });

  const examples: Readonly<Record<ChartName, readonly [flip: string, red: Red]>> = {
    process: [
      'process: exited meets reap -> running',
      { by: 'property', what: ['survival-after-exit', 'leads-to-quiescence'] },
    ],
    descriptor: [
      'descriptor: closed meets open -> closed',
      { by: 'property', what: ['get-returns-what-was-pinned'] },
    ],
    description: [
      'description: absent meets open -> absent',
      { by: 'property', what: ['refcount-equals-holders', 'alive-iff-held'] },
    ],
    object: [
      'object: held-by-users meets last-hold-later -> gone',
      { by: 'property', what: ['quiescence-leaves-nothing'] },
    ],
    inode: [
      'inode: named meets last-name-held -> absent',
      { by: 'property', what: ['refcount-equals-holders'] },
    ],
    superblock: [
      'superblock: absent meets first-mount -> absent',
      { by: 'property', what: ['instance-per-mount', 'no-foreign-instance'] },
    ],
    mount: [
      'mount: absent meets attach -> absent',
      { by: 'property', what: ['instance-per-mount'] },
    ],
    socket: ['socket: connected meets last-hold -> connected', { by: 'state', what: ['recount'] }],
    message: ['message: queued meets receive -> queued', { by: 'state', what: ['recount'] }],
    attachment: [
      'attachment: attached meets detach -> attached',
      { by: 'property', what: ['quiescence-leaves-nothing'] },
    ],
    cgroup: [
      'cgroup: absent meets create -> absent',
      { by: 'goal', what: ['program-held-by-link-only', 'program-kept-by-cgroup'] },
    ],
    qdisc: [
      'qdisc: absent meets create -> absent',
      { by: 'goal', what: ['program-outlives-everybody'] },
    ],
    namespace: ['namespace: absent meets enter -> absent', { by: 'property', what: ['isolation'] }],
  };

  it.each(Object.entries(examples))(
    'of the %s chart turns a property red',
    (chart, [flip, red]) => {
      expect(flip.startsWith(`${chart}: `)).toBe(true);
      expect(noticed.get(flip)).toEqual(red);
    },
  );

  it('is noticed by the catalogue, by a chart, or by the state itself, in these numbers', () => {
    const counts = { property: 0, goal: 0, chart: 0, state: 0, nothing: 0 };
    for (const { by } of noticed.values()) counts[by] += 1;
    expect(counts).toEqual({ property: 64, goal: 20, chart: 56, state: 78, nothing: 2 });
  });
});
