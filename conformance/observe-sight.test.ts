import { describe, expect, it } from 'vitest';
import { createReference } from '../adapters/reference/index.ts';
import { seen } from '../model/index.ts';
import { contentDigest, sightFields } from '../model/vocabulary/index.ts';
import type { Sight } from '../model/vocabulary/index.ts';
import { firstDifference, isFinal } from './compare-observations.ts';
import { observeSight } from './observe-sight.ts';
import type { SightNames } from './observe-sight.ts';
import { planSteps } from './plan.ts';
import { campaignWatch, setupFor } from './setup.ts';
import { specify } from './specify.ts';

const names: SightNames = {
  shape: { processes: 2, objects: 3, descriptors: 5, paths: 2 },
  fields: new Set(sightFields),
  paths: new Map([
    ['/m', 0],
    ['/m/x', 1],
  ]),
  object: (theirs) => theirs - 100,
  origin: (instance) => instance * 2,
  files: (pid) => pid + 40,
};

const sight: Sight = {
  processes: [
    {
      pid: 2,
      namespace: 7,
      descriptors: [{ fd: 4, object: 101 }],
      paths: [
        { path: '/m', kind: 'directory', instance: 30, object: 0 },
        { path: '/m/x', kind: 'map', instance: 30, object: 101 },
        { path: '/elsewhere', kind: 'map', instance: 30, object: 101 },
      ],
    },
  ],
  objects: [
    {
      id: 101,
      kind: 'map',
      refcnt: 2,
      usercnt: 1,
      holders: { descriptions: 1, inodes: 1, programs: 0, slots: 2, links: 4, attachments: 3 },
      content: [5, null],
      slots: [0, 101],
    },
  ],
  pending: 3,
};

describe('the observation of a sight', () => {
  it('puts everything where the model has it', () => {
    const o = observeSight(sight, names);
    expect([...o.running]).toEqual([0, 0, 1]);
    expect([...o.namespace]).toEqual([0, 0, 7]);
    expect(o.descriptor[2 * 5 + 4]).toBe(1);
    expect([o.seenKind[4], o.seenInstance[4], o.seenOrigin[4]]).toEqual([seen.directory, 30, 60]);
    expect([o.seenKind[5], o.seenObject[5]]).toEqual([seen.map, 1]);
    expect([o.alive[1], o.refcnt[1], o.usercnt[1]]).toEqual([1, 2, 1]);
    expect([o.descriptions[1], o.inodes[1], o.programs[1]]).toEqual([1, 1, 0]);
    expect([o.slots[1], o.links[1], o.attachments[1], o.files[2]]).toEqual([2, 4, 3, 42]);
    expect([o.slot[2], o.slot[3]]).toEqual([0, 1]);
    expect([o.content[1], o.pending[0]]).toEqual([contentDigest([5, null]), 3]);
  });

  it('marks a content that was not shown as unknown', () => {
    const unknown = { ...sight, objects: [{ id: 101, kind: 'map' } as const] };
    expect(observeSight(unknown, names).content[1]).toBe(-1);
  });

  it('leaves out processes, descriptors and objects that the model has no room for', () => {
    const [shown] = sight.processes;
    const stranger = { pid: 9, namespace: 1, descriptors: [], paths: [] };
    const o = observeSight(
      {
        processes:
          shown === undefined
            ? []
            : [{ ...shown, descriptors: [{ fd: 99, object: 101 }] }, stranger],
        objects: [{ id: 999, kind: 'map' }],
      },
      names,
    );
    expect(o.descriptor.some((object) => object !== 0)).toBe(false);
    expect(o.alive.some((alive) => alive !== 0)).toBe(false);
  });
});

describe('the comparison of observations', () => {
  const other = (change: (s: Sight) => Sight) => observeSight(change(sight), names);
  const same = observeSight(sight, names);

  it('finds none between equal ones', () => {
    expect(firstDifference(same, observeSight(sight, names), 'exact')).toBeNull();
  });

  it('takes instances and namespaces for equal up to their names', () => {
    const renamed = other((s) => ({
      ...s,
      processes: s.processes.map((process) => ({
        ...process,
        namespace: 70,
        paths: process.paths.map((path) => ({ ...path, instance: 31 })),
      })),
    }));
    expect(firstDifference(same, renamed, 'exact')).toBeNull();
  });

  it('notices that one instance is two', () => {
    const split = other((s) => ({
      ...s,
      processes: s.processes.map((process) => ({
        ...process,
        paths: process.paths.map((path, at) => ({ ...path, instance: 31 + at })),
      })),
    }));
    expect(firstDifference(same, split, 'exact')?.field).toBe('instances');
    expect(firstDifference(split, same, 'exact')?.field).toBe('instances');
  });

  it('compares the slots of a map where the sight tells of them', () => {
    const emptied = other((s) => ({
      ...s,
      objects: s.objects.map((object) => ({ ...object, slots: [0, 0] })),
    }));
    const objects = sight.objects.map(({ id, kind }) => ({ id, kind }));
    const slotsOnly: SightNames = { ...names, fields: new Set(['slots']) };
    const untold = observeSight({ ...sight, objects }, slotsOnly);
    expect(firstDifference(same, emptied, 'exact')).toEqual({
      field: 'slots',
      cell: 'the object of slot 1 of object 1',
      model: 1,
      adapter: 0,
    });
    expect(firstDifference(same, untold, 'exact')).toBeNull();
  });

  it('compares the slots, the links and the filters that hold an object', () => {
    for (const holder of ['slots', 'links', 'attachments'] as const) {
      const more = other((s) => ({
        ...s,
        objects: s.objects.map((object) =>
          object.holders === undefined
            ? object
            : { ...object, holders: { ...object.holders, [holder]: 9 } },
        ),
      }));
      expect(firstDifference(same, more, 'exact')).toMatchObject({ field: 'holders', adapter: 9 });
    }
  });

  it('knows which differences no deferred effect makes up for', () => {
    const difference = { cell: '', model: 0, adapter: 1 };
    expect(isFinal({ ...difference, field: 'alive' })).toBe(true);
    expect(isFinal({ ...difference, field: 'alive', model: 1 })).toBe(false);
    expect(isFinal({ ...difference, field: 'descriptors' })).toBe(true);
    expect(isFinal({ ...difference, field: 'slots' })).toBe(false);
  });

  it('looks at the fields that the adapter shows only', () => {
    const blind = observeSight({ processes: [], objects: [] }, { ...names, fields: new Set() });
    expect(firstDifference(same, blind, 'exact')).toBeNull();
  });

  it('forgives an object that is late until the system has settled', () => {
    const gone = other((s) => ({ ...s, objects: [], pending: 0 }));
    expect(firstDifference(gone, same, 'late')).toBeNull();
    expect(firstDifference(gone, same, 'exact')?.field).toBe('pending');
    expect(firstDifference(same, gone, 'late')?.field).toBe('alive');
  });

  it('finds none between the model and the reference after a run of everything', () => {
    const specification = specify('linux-6.18');
    const world = specification.makeWorld();
    const map = {
      call: 'BPF_MAP_CREATE',
      type: 'BPF_MAP_TYPE_ARRAY',
      keySize: 4,
      valueSize: 4,
      maxEntries: 2,
    } as const;
    const run = planSteps(world, [
      { pid: 1, call: map },
      { pid: 1, call: { call: 'BPF_MAP_UPDATE_ELEM', fd: 3, key: 1, value: 9, flag: 'BPF_ANY' } },
      { pid: 1, call: { call: 'BPF_PROG_LOAD', mapFd: 3 } },
      { pid: 1, call: { call: 'mount', target: '/mnt/a' } },
      { pid: 1, call: { call: 'BPF_OBJ_PIN', path: '/mnt/a/x', fd: 4 } },
      { pid: 1, call: { call: 'mkdir', path: '/mnt/a/d' } },
      { pid: 1, call: { call: 'fork' } },
      { pid: 2, call: { call: 'unshare' } },
      { pid: 2, call: { call: 'mount', target: '/mnt/b' } },
    ]);
    const adapter = createReference('linux-6.18');
    adapter.reset(setupFor(world, campaignWatch));
    const steps = run.map(({ step }) => step);
    const answers = adapter.play(steps, 'last');
    const answer = answers.at(-1);
    const made = [answers[0]?.object, answers[2]?.object];
    const observed = observeSight(answer?.sight ?? { processes: [], objects: [] }, {
      shape: world.observe(campaignWatch).shape,
      fields: new Set(sightFields),
      paths: new Map(campaignWatch.map((path, at) => [path, at])),
      object: (theirs) => made.indexOf(theirs) + 1,
      origin: () => 0,
      files: () => 1,
    });
    expect(firstDifference(world.observe(campaignWatch), observed, 'exact')).toBeNull();
    expect(observed.seenObject.some((object) => object === 2)).toBe(true);
  });
});
