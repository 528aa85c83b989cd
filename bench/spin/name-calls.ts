import type { GroundCall } from './ground-call.types.ts';
import { behind, isOpen } from './object-calls.ts';
import type { Walk } from './places.ts';
import { each, every, lowest, some, upTo } from './rows.ts';
import type { World } from './tables.ts';

/** A path argument whose last name stands in a directory that need not be the host's root. */
interface NamePath {
  readonly walk: Walk;
  readonly parent: number;
  readonly index: number;
}

/** Names directly below the host's root are scenery: no call on them succeeds within the model. */
function namePaths({ places }: World): NamePath[] {
  return places.arguments.flatMap((index) => {
    const walk = places.walks[index];
    return walk === undefined || walk.parent === null ? [] : [{ walk, parent: walk.parent, index }];
  });
}

function directoryOf(p: number, path: NamePath): string {
  return `pl_dentry(place(pr[${p - 1}], ${path.parent}))`;
}

/** The name is free, in a directory of a bpffs that was not removed. */
function canAdd({ scope }: World, p: number, path: NamePath): string[] {
  const directory = directoryOf(p, path);
  return [
    `pl[place(pr[${p - 1}], ${path.index})-1] == 0`,
    `${directory} != 0`,
    `${directory} <= ${scope.dentries}`,
    `(in[dn_inode(${directory})-1] & (IN_object_mask | IN_unlinked_mask)) == 0`,
    some(scope.inodes, (i) => `in[${i - 1}] == 0`),
    some(scope.dentries, (e) => `dn[${e - 1}] == 0`),
  ];
}

/** A new inode that holds object x_o, or is a directory for 0, and its name. */
function add({ scope }: World, p: number, path: NamePath): string[] {
  return [
    `x_d = ${directoryOf(p, path)}`,
    `x_i = ${lowest(scope.inodes, (i) => `in[${i - 1}] == 0`)}`,
    `x_e = ${lowest(scope.dentries, (e) => `dn[${e - 1}] == 0`)}`,
    'in[x_i-1] = IN(in_superblock(dn_inode(x_d)), 0, x_o)',
    `dn[x_e-1] = DN(x_d, ${path.walk.name}, x_i)`,
    'resolve_all()',
  ];
}

export function objPin(world: World, p: number): GroundCall[] {
  return namePaths(world).flatMap((path) =>
    upTo(world.scope.descriptors).map((f) => ({
      title: `${p} BPF_OBJ_PIN ${path.walk.path} fd ${f + 2}`,
      guards: [isOpen(p, f), ...canAdd(world, p, path)],
      effects: [`x_o = ${behind(p, f)}`, 'hold(x_o)', ...add(world, p, path)],
    })),
  );
}

export function mkdir(world: World, p: number): GroundCall[] {
  return namePaths(world).map((path) => ({
    title: `${p} mkdir ${path.walk.path}`,
    guards: [`running(${p})`, ...canAdd(world, p, path)],
    effects: ['x_o = 0', ...add(world, p, path)],
  }));
}

/** Dentry e is what the path names (not what is mounted on it), and nothing is mounted on it here. */
function canRemove({ scope }: World, p: number, path: NamePath, e: number): string[] {
  return [
    `running(${p})`,
    `(dn[${e - 1}] & DN_place) == DN(${directoryOf(p, path)}, ${path.walk.name}, 0)`,
    every(
      scope.mounts,
      (m) => `(mt[${m - 1}] & (MT_namespace_mask | MT_at_mask)) != MT(pr[${p - 1}], 0, ${e}, 0)`,
    ),
  ];
}

/** Takes the name away, and with it what is mounted on it in other namespaces. */
function remove({ scope }: World, e: number): string[] {
  const marks = each(
    scope.mounts,
    (m) => `if :: mt_at(${m}) == ${e} -> marked = marked | ${2 ** m} :: else fi;`,
  );
  return [
    `x_i = dn_inode(${e})`,
    `dn[${e - 1}] = DN(0, 0, x_i)`,
    'in[x_i-1] = in[x_i-1] | IN_unlinked',
    'marked = 0',
    `${marks}\npull_down()`,
    'resolve_all()',
  ];
}

export function rmdir(world: World, p: number): GroundCall[] {
  const { dentries } = world.scope;
  return namePaths(world).flatMap((path) =>
    upTo(dentries).map((e) => ({
      title: `${p} rmdir ${path.walk.path} at dentry ${e}`,
      guards: [
        ...canRemove(world, p, path, e),
        `in_object(dn_inode(${e})) == 0`,
        every(dentries, (child) => `dn_parent(${child}) != ${e}`),
      ],
      effects: remove(world, e),
    })),
  );
}

export function unlink(world: World, p: number): GroundCall[] {
  return namePaths(world).flatMap((path) =>
    upTo(world.scope.dentries).map((e) => ({
      title: `${p} unlink ${path.walk.path} at dentry ${e}`,
      guards: [...canRemove(world, p, path, e), `in_object(dn_inode(${e})) != 0`],
      effects: remove(world, e),
    })),
  );
}
