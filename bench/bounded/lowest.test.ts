import { expect, it } from 'vitest';
import { replayPath } from '../../checker/index.ts';
import { plainOf } from './swapped.test-data.ts';
import { createBounded } from './system.ts';

const scope = { processes: 2, namespaces: 3, objects: 2, descriptors: 3, names: 1 };

/** The state after some calls, each with its process and arguments. */
function after(...calls: readonly (readonly [name: string, ...args: number[]])[]) {
  const system = createBounded(scope, 'none');
  const path = calls.map(([name, ...given]) => {
    const [p = 0, a = 0, b = 0, c = 0, d = 0] = given;
    return { action: system.actions.indexOf(name), args: [p, a, b, c, d] as const };
  });
  replayPath(system, path);
  return plainOf(system.w);
}

// Which number is taken changes no count of states: all of these would be others' mirror images.
it('opens the lowest descriptor that is closed', () => {
  const { processes } = after(
    ['create', 1, 2, 1],
    ['dup', 1, 1],
    ['create', 1, 1, 1],
    ['close', 1, 2],
    ['dup', 1, 3],
  );
  expect(processes[0]?.fds).toEqual([2, 1, 1]);
});

it('unshares into the lowest namespace that no process is in', () => {
  const { processes } = after(['fork', 1, 2], ['unshare', 1], ['unshare', 2], ['unshare', 1]);
  expect(processes.map(({ namespace }) => namespace)).toEqual([1, 3]);
});

it('mounts the lowest instance that is dead, and the same again while it lives', () => {
  const first = [
    ['fork', 1, 2],
    ['mount', 1],
    ['unshare', 2],
    ['umount', 2],
    ['mount', 2],
  ] as const;
  const { mounted, instances } = after(...first);
  expect(mounted).toEqual([1, 2, 0]);
  expect(instances.map(({ key }) => key)).toEqual([1, 2, 0]);
  const again = after(['mount', 1], ['fork', 1, 2], ['unshare', 2], ['umount', 1], ['mount', 1]);
  expect(again.mounted).toEqual([1, 1, 0]);
});
