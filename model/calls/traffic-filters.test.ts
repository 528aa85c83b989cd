import { describe, expect, it } from 'vitest';
import { profileNames, type World } from '../index.ts';
import {
  badFd,
  create,
  delFilter,
  delQdisc,
  exists,
  invalid,
  load,
  loadAs,
  newFilter,
  noEntry,
  open,
} from '../lines.test-data.ts';
import { hookedWorld, lines, replayed } from '../replayed.test-data.ts';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

/** The lines that tell of objects and of what is attached. */
const held = (world: World): readonly string[] =>
  world.describe().filter((line) => /^(object|attachment|qdisc) /.test(line));

describe.each(profileNames)('filters of a network device under %s', (profile) => {
  it('are classifiers, one in each direction', () => {
    does(
      hookedWorld(profile),
      `1 ${create('ARRAY')} = 3
      1 ${load} = 4
      1 ${open('/a', 'O_PATH')} = 5
      1 ${newFilter('ingress', 9)} = ${badFd} ; new-filter.fd-closed
      1 ${newFilter('ingress', 5)} = ${badFd} ; new-filter.fd-closed
      1 ${newFilter('ingress', 3)} = ${invalid} ; new-filter.not-a-classifier
      1 ${newFilter('ingress', 4)} = ${invalid} ; new-filter.not-a-classifier
      1 ${delFilter('ingress')} = ${noEntry} ; del-filter.none
      1 ${loadAs('SCHED_CLS')} = 6
      1 ${newFilter('ingress', 6)} = 0
      1 ${newFilter('egress', 6)} = 0
      1 ${delFilter('ingress')} = 0
      1 ${delFilter('ingress')} = ${noEntry} ; del-filter.none`,
    );
  });

  it('are taken for there before anybody looks at the descriptor', () => {
    does(
      hookedWorld(profile),
      `1 ${loadAs('SCHED_CLS')} = 3
      1 ${newFilter('egress', 3)} = 0
      1 ${newFilter('egress', 9)} = ${exists} ; new-filter.exists
      1 ${newFilter('egress', 9, 'NLM_F_REPLACE')} = ${badFd} ; new-filter.fd-closed
      1 ${newFilter('egress', 3, 'NLM_F_REPLACE')} = 0`,
    );
  });

  it('keep a program and its map when nobody runs any more', () => {
    const world = hookedWorld(profile);
    does(
      world,
      `1 ${create('ARRAY')} = 3
      1 ${loadAs('SCHED_CLS', 3)} = 4
      1 ${newFilter('ingress', 4)} = 0
      1 exit_group(0) = ?`,
    );
    expect(world.pending()).toEqual([]);
    expect(held(world)).toEqual([
      'attachment 1: state=attached program=2 chain=1',
      'qdisc 1: state=present',
      expect.stringMatching(/^object 1: state=held-by-objects-only kind=1 refcnt=1/),
      'object 2: state=held-by-users kind=3 refcnt=1 uses=1 type=1',
    ]);
  });

  it('let go some time after they end, be it by another or with the qdisc', () => {
    const world = hookedWorld(profile);
    does(
      world,
      `1 ${loadAs('SCHED_CLS')} = 3
      1 ${newFilter('ingress', 3)} = 0
      1 close(3) = 0
      1 ${loadAs('SCHED_CLS')} = 3
      1 ${newFilter('ingress', 3, 'NLM_F_REPLACE')} = 0
      1 ${newFilter('egress', 3)} = 0
      1 close(3) = 0`,
    );
    expect(held(world)).toEqual([
      'attachment 1: state=releasing program=1',
      'attachment 2: state=attached program=2 chain=1',
      'attachment 3: state=attached program=2 chain=2',
      'qdisc 1: state=present',
      'object 1: state=held-by-users kind=3 refcnt=1 type=1',
      'object 2: state=held-by-users kind=3 refcnt=2 type=1',
    ]);
    does(
      world,
      `settle release-filter
      1 ${delQdisc} = 0
      1 ${newFilter('ingress', 9)} = ${invalid} ; new-filter.no-qdisc
      1 ${delFilter('ingress')} = ${invalid} ; del-filter.no-qdisc
      1 ${delQdisc} = ${invalid} ; del-qdisc.no-qdisc`,
    );
    expect(world.pending()).toHaveLength(2);
    for (const action of world.pending()) world.settle(action);
    expect(held(world)).toEqual(['object 1: state=gone', 'object 2: state=gone']);
  });

  it('are outside a world without a qdisc, or with too many of them', () => {
    does(hookedWorld(profile, { qdiscs: 0 }), `1 ${delQdisc} ; bound.qdisc`);
    does(
      hookedWorld(profile, { attachments: 1 }),
      `1 ${loadAs('SCHED_CLS')} = 3
      1 ${newFilter('ingress', 3)} = 0
      1 ${newFilter('egress', 3)} ; bound.attachments`,
    );
  });
});
