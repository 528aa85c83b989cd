import { describe, expect, it } from 'vitest';
import { createReference } from './adapter.ts';
import type { KernelName } from './releases.ts';
import { old, recent, startScenario } from './scenario.test-data.ts';

const progArray = 'BPF_MAP_TYPE_PROG_ARRAY';
const arrayOfMaps = 'BPF_MAP_TYPE_ARRAY_OF_MAPS';
const hashOfMaps = 'BPF_MAP_TYPE_HASH_OF_MAPS';

function start(kernel: KernelName) {
  const run = startScenario(createReference(kernel));
  return { run, caller: run.by(1) };
}

describe.each(old)('under %s', (kernel) => {
  it('nothing has an id', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.load(3);
    for (const id of [0, 1, 2, 9]) {
      expect(caller.mapById(id)).toBe('EINVAL');
      expect(caller.progById(id)).toBe('EINVAL');
      expect(caller.nextMap(id)).toBe('EINVAL');
      expect(caller.nextProg(id)).toBe('EINVAL');
    }
    expect(run.alive()).toBe(2);
  });
});

describe.each(recent)('an object that is opened by id under %s', (kernel) => {
  it('is another open file of it, a user of a map too, closed by execve', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.load();
    expect(caller.mapById(1)).toBe(5);
    expect(caller.progById(2)).toBe(6);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 2, holders: { descriptions: 2 } });
    expect(run.object(1)).toMatchObject({ refcnt: 2, holders: { descriptions: 2 } });
    expect([5, 6].map((fd) => caller.fcntl(fd, 'F_GETFD'))).toEqual([1, 1]);
    caller.exec();
    expect(run.sight().objects).toEqual([]);
  });

  it('is told in the answer', () => {
    const adapter = createReference(kernel);
    const run = startScenario(adapter);
    run.by(1).create();
    run.by(1).load();
    const call = { call: 'BPF_MAP_GET_FD_BY_ID', id: 1 } as const;
    const other = { call: 'BPF_PROG_GET_FD_BY_ID', id: 2 } as const;
    const answers = adapter.play(
      [
        { pid: 1, call },
        { pid: 1, call: other },
      ],
      'none',
    );
    expect(answers.map(({ object }) => object)).toEqual([run.object(0)?.id, run.object(1)?.id]);
  });

  it('is the same one, whoever asks', () => {
    const { run, caller } = start(kernel);
    caller.fork();
    caller.create();
    caller.update(3, 0, 7);
    expect(run.by(2).mapById(1)).toBe(3);
    expect(run.by(2).lookup(3, 0)).toBe(7);
    caller.exit();
    expect(run.by(2).lookup(3, 0)).toBe(7);
  });

  it('may be a map that only a program holds', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.update(3, 0, 7);
    caller.load(3);
    caller.close(3);
    expect(run.object(0)).toMatchObject({ refcnt: 1, usercnt: 0, holders: { programs: 1 } });
    expect(caller.mapById(1)).toBe(3);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 1, content: [7, null] });
    caller.close(4);
    expect(run.settle().objects).toMatchObject([{ refcnt: 1, usercnt: 1 }]);
    expect(caller.lookup(3, 0)).toBe(7);
  });

  it('may be a map that only the work of a dead program holds', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.load(3);
    caller.close(3);
    caller.close(4);
    expect(run.sight()).toMatchObject({ pending: 1, objects: [{ refcnt: 1, usercnt: 0 }] });
    expect(caller.mapById(1)).toBe(3);
    expect(run.settle().objects).toMatchObject([{ refcnt: 1, usercnt: 1 }]);
  });

  it.each([arrayOfMaps, hashOfMaps] as const)('may be a map that only an %s holds', (type) => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.createOuter(type, 3);
    caller.update(4, 0, 3);
    caller.close(3);
    expect(caller.mapById(1)).toBe(3);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 1, holders: { slots: 1 } });
  });

  it('may be a program that only a pin, a slot or a filter holds', () => {
    const { run, caller } = start(kernel);
    caller.mount('/a');
    caller.create(progArray);
    caller.socketpair();
    for (const hold of [
      () => caller.pin('/a/m', 6),
      () => caller.update(3, 0, 6),
      () => caller.attach(4, 6),
    ]) {
      caller.load();
      hold();
      caller.close(6);
    }
    for (const id of [2, 3, 4]) {
      expect(caller.progById(id)).toBe(6);
      expect(run.object(id - 1)).toMatchObject({ refcnt: 2 });
      caller.close(6);
    }
  });

  it('may be a map that is frozen, and stays so', () => {
    const { caller } = start(kernel);
    caller.create();
    caller.freeze(3);
    expect(caller.mapById(1)).toBe(4);
    expect(caller.update(4, 0, 7)).toBe('EPERM');
  });
});

describe.each(recent)('a program array that only its program holds, under %s', (kernel) => {
  /** A program array with the program that uses it in its slot 0, the program behind 4. */
  function leaveArray() {
    const { run, caller } = start(kernel);
    caller.create(progArray);
    caller.load(3);
    caller.update(3, 0, 4);
    caller.close(3);
    return { run, caller };
  }

  it('is empty when it is opened by id, and filled again', () => {
    const { run, caller } = leaveArray();
    expect(run.settle().objects).toMatchObject([{ refcnt: 1, usercnt: 0 }, { refcnt: 1 }]);
    expect(caller.mapById(1)).toBe(3);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 1, slots: [0, 0] });
    expect(caller.lookup(3, 0)).toBe('ENOENT');
    expect(caller.run(4)).toBe(1);
    expect(caller.update(3, 0, 4)).toBe(0);
    expect(run.object(0)).toMatchObject({ slots: [run.object(1)?.id, 0] });
    expect(run.object(1)).toMatchObject({ refcnt: 2, holders: { slots: 1 } });
  });

  it('is emptied once more when that user leaves, too', () => {
    const { run, caller } = leaveArray();
    run.settle();
    caller.mapById(1);
    caller.update(3, 0, 4);
    caller.close(3);
    run.settle();
    caller.mapById(1);
    expect(run.object(0)).toMatchObject({ refcnt: 2, usercnt: 1, slots: [0, 0] });
    caller.close(3);
    caller.close(4);
    expect(run.settle().objects).toEqual([]);
  });

  it('is left alone by a call that gets no descriptor', () => {
    const { run, caller } = leaveArray();
    const before = run.settle();
    while (typeof caller.dup(0) === 'number');
    expect(caller.mapById(1)).toBe('EMFILE');
    expect(run.sight()).toEqual(before);
  });
});

describe.each(recent)('no object is opened by id under %s', (kernel) => {
  it('when there never was one, or one of the other kind', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.load();
    const before = run.sight();
    expect([0, 2, 3, 9].map((id) => caller.mapById(id))).toEqual(Array<string>(4).fill('ENOENT'));
    expect([0, 1, 3, 9].map((id) => caller.progById(id))).toEqual(Array<string>(4).fill('ENOENT'));
    expect(run.sight()).toEqual(before);
  });

  it('after its death, not even when its number could be given again', () => {
    const { caller } = start(kernel);
    caller.create();
    caller.load();
    caller.close(3);
    caller.close(4);
    expect([caller.mapById(1), caller.progById(2)]).toEqual(['ENOENT', 'ENOENT']);
    caller.create();
    expect([caller.mapById(1), caller.progById(2)]).toEqual(['ENOENT', 'ENOENT']);
    expect(caller.mapById(3)).toBe(4);
  });

  it('when it still has to let go of its maps', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.load(3);
    caller.createOuter(arrayOfMaps, 3);
    caller.update(5, 0, 3);
    caller.close(4);
    caller.close(5);
    expect(run.sight()).toMatchObject({ pending: 2, objects: [{ refcnt: 3 }] });
    expect([caller.progById(2), caller.mapById(3)]).toEqual(['ENOENT', 'ENOENT']);
    expect([caller.nextProg(0), caller.nextMap(1)]).toEqual(['ENOENT', 'ENOENT']);
    expect(caller.mapById(1)).toBe(4);
  });

  it('without a descriptor for it, which matters only where there is an object', () => {
    const { run, caller } = start(kernel);
    caller.create();
    caller.load();
    while (typeof caller.dup(0) === 'number');
    const before = run.sight();
    expect([caller.mapById(1), caller.progById(2)]).toEqual(['EMFILE', 'EMFILE']);
    expect([caller.mapById(2), caller.progById(1)]).toEqual(['ENOENT', 'ENOENT']);
    expect(run.sight()).toEqual(before);
  });
});
