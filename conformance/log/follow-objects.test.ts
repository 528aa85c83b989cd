import { describe, expect, it } from 'vitest';
import type { Explanation } from './explanation.types.ts';
import { explained } from './explained.test-data.ts';

const create = (fd: number, name: string, type = 'HASH'): string =>
  `1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_${type}, map_name="${name}"}, 72) = ${fd}`;
const load = (fd: number, name = 'p'): string =>
  `1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SCHED_CLS, prog_name="${name}"}, 64) = ${fd}`;
const close = (fd: number): string => `1 close(${fd}) = 0`;
const fill = (fd: number, result = '0'): string =>
  `1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=${fd}, key=0x1, value=0x2, flags=BPF_ANY}, 32) = ${result}`;
const refused = '-1 EPERM (Operation not permitted)';

/** How the object of a name ends. */
const endOf = ({ objects }: Explanation, label: string): unknown =>
  objects.find((life) => life.label === label)?.end;

describe('an object that is found by its id', () => {
  it.each([
    ['map', 'BPF_MAP_GET_FD_BY_ID, {map_id=7}'],
    ['program', 'BPF_PROG_GET_FD_BY_ID, {prog_id=7}'],
    ['link', 'BPF_LINK_GET_FD_BY_ID, {link_id=7}'],
  ])('is a %s that was there before', (sort, args) => {
    const { verdict, assumptions, objects } = explained(`1 bpf(${args}, 12) = 3`);
    expect(verdict).toEqual({ verdict: 'conforms' });
    expect(assumptions).toEqual([{ line: 1, text: `${sort} of id 7 was there before` }]);
    expect(objects).toMatchObject([
      {
        label: `${sort} of id 7`,
        origin: 'found by its id; it may be another one of these',
        end: { kind: 'held', holders: ['descriptor 3 of process 1'] },
      },
    ]);
  });

  it('can be pinned like any other', () => {
    const { verdict, left } = explained(
      ...[
        '1 mount("bpf", "/a", "bpf", 0, NULL) = 0',
        '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=7}) = 3',
      ],
      ...['1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0', close(3)],
    );
    expect(verdict).toEqual({ verdict: 'conforms' });
    expect(left).toEqual([{ path: '/a/m', object: 'map of id 7' }]);
  });

  it('is not told to have died, for others had it before', () => {
    const { objects } = explained('1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=7}, 12) = 3', close(3));
    expect(objects).toMatchObject([
      {
        steps: [{ place: { line: 1 } }, { place: { line: 2 }, holders: [], possible: [] }],
        end: { kind: 'possibly-held', possible: ['whoever held it before line 1'] },
      },
    ]);
  });

  it('is none where the search fails', () => {
    const { assumptions, objects } = explained(
      '1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=7}, 12) = -1 ENOENT (No such file or directory)',
    );
    expect([assumptions, objects]).toEqual([[], []]);
  });
});

describe('an object that could not be made', () => {
  it('has no life and is not judged', () => {
    const { verdict, judged, objects } = explained(
      '1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, map_name="m"}, 72) = -1 EINVAL (x)',
    );
    expect(verdict).toEqual({ verdict: 'conforms' });
    expect([judged, objects]).toEqual([0, []]);
  });
});

describe('a link', () => {
  it.each([
    ['BPF_LINK_CREATE', 'link_create={prog_fd=3, target_fd=9}'],
    ['BPF_RAW_TRACEPOINT_OPEN', 'raw_tracepoint={name="x", prog_fd=3}'],
  ])('of %s may keep its program until it goes itself', (command, attr) => {
    const lines = [load(3), `1 bpf(${command}, {${attr}}, 64) = 4`, close(3)];
    const kept = explained(...lines);
    expect(endOf(kept, 'program p')).toEqual({
      kind: 'possibly-held',
      possible: [expect.stringMatching(/^link.*, a link \(line 2\)$/)],
    });
    expect(endOf(explained(...lines, close(4)), 'program p')).toMatchObject({
      kind: 'died',
      place: { line: 4 },
    });
  });

  it('of a program that nobody knows keeps none', () => {
    const { objects } = explained(load(3), '1 bpf(BPF_LINK_CREATE, {prog_fd=8}, 64) = 4', close(3));
    expect(objects.filter(({ end }) => end.kind === 'possibly-held')).toEqual([]);
  });
});

describe('a slot of a map', () => {
  it.each(['PROG_ARRAY', 'DEVMAP', 'CPUMAP'])('of type %s may keep a program', (type) => {
    const lines = [create(3, 'jumps', type), load(4), fill(3), close(4)];
    expect(endOf(explained(...lines), 'program p')).toEqual({
      kind: 'possibly-held',
      possible: ['map jumps, in a slot of which it may be (line 3)'],
    });
  });

  it.each(['ARRAY_OF_MAPS', 'HASH_OF_MAPS'])('of type %s may keep a map', (type) => {
    const lines = [create(3, 'outer', type), create(4, 'inner'), load(5), fill(3), close(4)];
    const explanation = explained(...lines);
    expect(endOf(explanation, 'map inner')).toEqual({
      kind: 'possibly-held',
      possible: [
        'program p, which may use it (line 3)',
        'map outer, in a slot of which it may be (line 4)',
      ],
    });
    expect(endOf(explanation, 'program p')).toEqual({
      kind: 'held',
      holders: ['descriptor 5 of process 1'],
    });
  });

  it('keeps nothing once the map has died', () => {
    const lines = [create(3, 'outer', 'ARRAY_OF_MAPS'), create(4, 'inner'), fill(3), close(4)];
    expect(endOf(explained(...lines, close(3)), 'map inner')).toMatchObject({
      kind: 'died',
      place: { line: 5 },
    });
  });

  it.each([
    ['of a map of plain values', create(3, 'm'), fill(3)],
    ['that could not be filled', create(3, 'm', 'ARRAY_OF_MAPS'), fill(3, refused)],
    ['of a map that nobody knows', create(3, 'm', 'ARRAY_OF_MAPS'), fill(9)],
  ])('%s keeps nothing', (_, made, filled) => {
    const { shortLived } = explained(made, create(4, 'inner'), filled, close(4));
    expect(shortLived).toBe(1);
  });
});

describe('an attachment', () => {
  const attach = (fd: number, result = '0'): string =>
    `1 bpf(BPF_PROG_ATTACH, {target_fd=9, attach_bpf_fd=${fd}, attach_type=BPF_CGROUP_DEVICE}, 16) = ${result}`;

  it.each([
    ['BPF_PROG_ATTACH', attach(3), 'an attachment (BPF_CGROUP_DEVICE) (line 2)'],
    [
      'a socket',
      '1 setsockopt(8, SOL_SOCKET, SO_ATTACH_BPF, [3], 4) = 0',
      'the filter of a socket (line 2)',
    ],
  ])('by %s may keep the program', (_, call, text) => {
    const explanation = explained(load(3), call, close(3));
    expect(endOf(explanation, 'program p')).toEqual({ kind: 'possibly-held', possible: [text] });
  });

  it('that fails, or is of a program that nobody knows, keeps nothing', () => {
    expect(explained(load(3), attach(3, refused), close(3)).shortLived).toBe(1);
    expect(explained(load(3), attach(7), close(3)).shortLived).toBe(1);
  });

  it('may outlast a detachment, which does not say of what', () => {
    const detach = '1 setsockopt(8, SOL_SOCKET, SO_DETACH_BPF, NULL, 0) = 0';
    expect(endOf(explained(load(3), attach(3), close(3), detach), 'program p')).toMatchObject({
      kind: 'possibly-held',
    });
  });
});

describe('a traffic filter', () => {
  const request = (type: string, tail: string, bytes = ''): string =>
    `1 sendmsg(5, {msg_iov=[{iov_base=[{nlmsg_type=${type}}, {tcm_ifindex=if_nametoindex("lo"), ${tail}}, "${bytes}"]}]}, 0) = 64`;
  const add = (bytes = ''): string =>
    request('RTM_NEWTFILTER', 'tcm_handle=0, tcm_parent=0xfff2, tcm_info=1', bytes);
  const answer = (error: string): string =>
    `1 recvmsg(5, {msg_iov=[{iov_base=[{nlmsg_type=NLMSG_ERROR, nlmsg_flags=0}, {error=${error}}]}]}, 0) = 36`;
  const dropAll = request('RTM_DELTFILTER', 'tcm_handle=0, tcm_parent=0xfff2, tcm_info=0');
  const dropOne = request('RTM_DELTFILTER', 'tcm_handle=1, tcm_parent=0xfff2, tcm_info=1');
  const dropQdisc = request('RTM_DELQDISC', 'tcm_handle=0, tcm_parent=0xfff1, tcm_info=0');
  const held = { kind: 'possibly-held', possible: ['a traffic filter on lo (line 3)'] };
  const added = [load(3), create(4, 'm'), add(), answer('0'), close(3)];

  it('may keep any program that was open, and no map', () => {
    const explanation = explained(...added);
    expect(endOf(explanation, 'program p')).toEqual(held);
  });

  it('keeps the one whose number strace shows', () => {
    const bytes = String.raw`\x08\x00\x06\x00\x03\x00\x00\x00`;
    const explanation = explained(load(3), load(4, 'q'), add(bytes), close(3), close(4));
    expect(endOf(explanation, 'program p')).toEqual(held);
    expect(explanation.shortLived).toBe(1);
  });

  it.each([
    ['every filter', dropAll],
    ['its qdisc', dropQdisc],
  ])('is gone once the deletion of %s is answered', (_, drop) => {
    expect(endOf(explained(...added, drop), 'program p')).toEqual(held);
    expect(endOf(explained(...added, drop, answer('0')), 'program p')).toMatchObject({
      kind: 'died',
      place: { line: 7 },
    });
  });

  it.each([
    ['one filter, which may be another', [dropOne, answer('0')]],
    ['all of them, in vain', [dropAll, answer('-ENOENT')]],
    ['none, where an answer belongs to nothing', [answer('0')]],
  ])('stays where a request deletes %s', (_, lines) => {
    expect(endOf(explained(...added, ...lines), 'program p')).toEqual(held);
  });
});
