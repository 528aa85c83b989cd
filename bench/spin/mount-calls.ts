import type { GroundCall } from './ground-call.types.ts';
import { lowest, some, upTo } from './rows.ts';
import type { World } from './tables.ts';

function placeOf(p: number, walk: number): string {
  return `place(pr[${p - 1}], ${walk})`;
}

function isDirectory({ scope, places }: World, dentry: string): string {
  return `(${dentry} > ${scope.dentries} -> ${dentry} <= ${places.lastHostDirectory} : in_object(dn_inode(${dentry})) == 0)`;
}

/** The path leads somewhere, and not to a name that was removed. */
function hasName({ scope }: World, p: number, walk: number): string[] {
  const dentry = `pl_dentry(${placeOf(p, walk)})`;
  return [
    `pl[${placeOf(p, walk)}-1] != 0`,
    `(${dentry} > ${scope.dentries} || !in_unlinked(dn_inode(${dentry})))`,
  ];
}

/** Something can be mounted there. */
function canMountOn(world: World, p: number, walk: number): string[] {
  const { scope } = world;
  return [...hasName(world, p, walk), some(scope.mounts, (m) => `mt[${m - 1}] == 0`)];
}

/** Attaches the root x_e, whose superblock's count has been moved, where the target leads. */
function attach({ scope }: World, p: number, target: number): string[] {
  return [
    `x_m = ${lowest(scope.mounts, (m) => `mt[${m - 1}] == 0`)}`,
    `mt[x_m-1] = MT(pr[${p - 1}], pl_mount(${placeOf(p, target)}), pl_dentry(${placeOf(p, target)}), x_e)`,
    `resolve(pr[${p - 1}])`,
  ];
}

function hasKey(p: number, s: number): string {
  return `sb_key(${s}) == pr[${p - 1}]`;
}

/** Linux 4.4: the namespace has an instance already, and it is mounted once more. */
function mountAgain(world: World, p: number, target: number): GroundCall[] {
  const { scope, places } = world;
  if (scope.profile !== 'linux-4.4') return [];
  const place = placeOf(p, target);
  const dentry = `pl_dentry(${place})`;
  return upTo(scope.superblocks).map((s) => ({
    title: `${p} mount ${places.walks[target]?.path ?? ''}: instance ${s} again`,
    guards: [
      `running(${p})`,
      hasKey(p, s),
      ...canMountOn(world, p, target),
      isDirectory(world, dentry),
      // Not where the same instance, whatever part of it, is on top.
      `!(${dentry} <= ${scope.dentries} && in_superblock(dn_inode(${dentry})) == ${s} && pl_mount(${place}) != 0 && mt_root(pl_mount(${place})) == ${dentry})`,
    ],
    effects: [
      `sb[${s - 1}] = sb[${s - 1}] + SB_count`,
      `x_e = sb_root(${s})`,
      ...attach(world, p, target),
    ],
  }));
}

function mountFresh(world: World, p: number, target: number): GroundCall {
  const { scope, places } = world;
  const keyed = scope.profile === 'linux-4.4';
  return {
    title: `${p} mount ${places.walks[target]?.path ?? ''}: a new instance`,
    guards: [
      `running(${p})`,
      ...canMountOn(world, p, target),
      isDirectory(world, `pl_dentry(${placeOf(p, target)})`),
      ...(keyed ? [`!${some(scope.superblocks, (s) => hasKey(p, s))}`] : []),
      some(scope.superblocks, (s) => `sb[${s - 1}] == 0`),
      some(scope.inodes, (i) => `in[${i - 1}] == 0`),
      some(scope.dentries, (e) => `dn[${e - 1}] == 0`),
    ],
    effects: [
      `x_s = ${lowest(scope.superblocks, (s) => `sb[${s - 1}] == 0`)}`,
      `x_i = ${lowest(scope.inodes, (i) => `in[${i - 1}] == 0`)}`,
      `x_e = ${lowest(scope.dentries, (e) => `dn[${e - 1}] == 0`)}`,
      keyed ? `sb[x_s-1] = SB(1, x_e, pr[${p - 1}])` : 'sb[x_s-1] = SB(1, x_e)',
      'in[x_i-1] = IN(x_s, 0, 0)',
      'dn[x_e-1] = DN(0, 0, x_i)',
      ...attach(world, p, target),
    ],
  };
}

export function mount(world: World, p: number): GroundCall[] {
  return world.places.arguments.flatMap((target) => [
    ...mountAgain(world, p, target),
    mountFresh(world, p, target),
  ]);
}

/**
 * Since Linux 4.11 the root of what is attached must be able to carry a mount itself, so a name that
 * was removed cannot be bound once more; before, it can.
 */
function canBindFrom(world: World, p: number, source: number): string[] {
  return world.scope.profile === 'linux-4.4'
    ? [`pl[${placeOf(p, source)}-1] != 0`]
    : hasName(world, p, source);
}

export function bind(world: World, p: number): GroundCall[] {
  const { scope, places } = world;
  const path = (walk: number): string => places.walks[walk]?.path ?? '';
  return places.arguments.flatMap((source) =>
    places.arguments.map((target) => {
      const from = `pl_dentry(${placeOf(p, source)})`;
      const to = `pl_dentry(${placeOf(p, target)})`;
      return {
        title: `${p} bind ${path(source)} ${path(target)}`,
        guards: [
          `running(${p})`,
          ...canBindFrom(world, p, source),
          ...canMountOn(world, p, target),
          `${isDirectory(world, from)} == ${isDirectory(world, to)}`,
        ],
        effects: [
          `x_e = ${from}`,
          `if :: x_e <= ${scope.dentries} -> x_s = in_superblock(dn_inode(x_e)); sb[x_s-1] = sb[x_s-1] + SB_count :: else fi`,
          ...attach(world, p, target),
        ],
      };
    }),
  );
}

export function umount(world: World, p: number): GroundCall[] {
  const { scope, places } = world;
  return places.arguments.flatMap((target) => {
    const mounted = `pl_mount(${placeOf(p, target)})`;
    const guards = [
      `running(${p})`,
      `${mounted} != 0`,
      `mt_root(${mounted}) == pl_dentry(${placeOf(p, target)})`,
    ];
    const effects = [`marked = 1 << ${mounted}`, 'pull_down()', `resolve(pr[${p - 1}])`];
    const childless = `!${some(scope.mounts, (m) => `mt_parent(${m}) == ${mounted}`)}`;
    const title = `${p} umount2 ${places.walks[target]?.path ?? ''}`;
    return [
      { title: `${title} 0`, guards: [...guards, childless], effects },
      { title: `${title} MNT_DETACH`, guards, effects },
    ];
  });
}
