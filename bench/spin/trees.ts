/** Promela for the trees of names and mounts: walking them and pulling parts of them down. */
import { each, some, upTo } from './rows.ts';
import type { World } from './tables.ts';

/** Steps from (x_m, x_e) onto what is mounted there, and on what is mounted on that. */
function follow({ scope }: World): string {
  const ways = each(
    scope.mounts,
    (m) =>
      `  :: (mt[${m - 1}] & MT_place) == MT(n, x_m, x_e, 0) -> x_m = ${m}; x_e = mt_root(${m})`,
  );
  return `
inline follow(n) {
  do
${ways}
  :: else -> break
  od
}`;
}

/** One component: from x_e to the dentry of that name below it, or to nowhere. */
function child({ scope, places }: World, name: number): string {
  const host = places.host
    .filter((dentry) => dentry.name === name && dentry.parent !== 0)
    .map((dentry) => `  :: x_e == ${dentry.parent} -> x_e = ${dentry.dentry}`);
  const bounded = upTo(scope.dentries).map(
    (e) => `  :: (dn[${e - 1}] & DN_place) == DN(x_e, ${name}, 0) -> x_e = ${e}`,
  );
  return ['  if', ...host, ...bounded, '  :: else -> x_m = 0; x_e = 0', '  fi;'].join('\n');
}

/** Finds again where every path leads in namespace n. */
function resolve(world: World): string {
  const { walks, host } = world.places;
  const steps = walks.map(({ path, parent, name }, w) => {
    const start =
      parent === null
        ? `  x_m = 0; x_e = ${host.find((dentry) => dentry.path === path)?.dentry ?? 0};`
        : `  x_m = pl_mount(place(n, ${parent})); x_e = pl_dentry(place(n, ${parent}));\n` +
          child(world, name);
    return `  /* ${path} */\n${start}\n  follow(n);\n  pl[place(n, ${w})-1] = PL(x_m, x_e)`;
  });
  return `\ninline resolve(n) {\n${steps.join(';\n')}\n}`;
}

function resolveAll(world: World): string {
  const spaces = each(
    world.scope.namespaces,
    (n) => `  if :: ns[${n - 1}] != 0 -> resolve(${n}) :: else fi;`,
  );
  return `\ninline resolve_all() {\n${spaces}\n  skip\n}`;
}

function forget({ places }: World): string {
  const cells = places.walks.map((_, w) => `  pl[place(n, ${w})-1] = 0`);
  return `\ninline forget_places(n) {\n${cells.join(';\n')}\n}`;
}

const dropInode = `
inline drop_inode(i) {
  x_o = in_object(i);
  in[i-1] = 0;
  if :: x_o != 0 -> put_by_inode(x_o) :: else fi
}`;

/** Bit m of \`marked\` is mount m; bit 0, the host's mount, never falls. */
function markBelow({ scope }: World): string {
  const ways = each(
    scope.mounts,
    (m) =>
      `  :: !(marked & ${2 ** m}) && ((marked >> mt_parent(${m})) & 1) -> marked = marked | ${2 ** m}`,
  );
  return `\ninline mark_below() {\n  do\n${ways}\n  :: else -> break\n  od\n}`;
}

function dropMounts({ scope }: World): string {
  const mounts = each(
    scope.mounts,
    (m) => `  if
  :: marked & ${2 ** m} ->
     x_e = mt_root(${m});
     mt[${m - 1}] = 0;
     if
     :: x_e <= ${scope.dentries} ->
        x_s = in_superblock(dn_inode(x_e));
        sb[x_s-1] = sb[x_s-1] - SB_count
     :: else
     fi
  :: else
  fi;`,
  );
  return `\ninline drop_mounts() {\n${mounts}\n  skip\n}`;
}

function dropUnlinked({ scope }: World): string {
  const dentries = each(
    scope.dentries,
    (e) => `  if
  :: dn[${e - 1}] != 0 && in_unlinked(dn_inode(${e})) && !${some(scope.mounts, (m) => `mt_root(${m}) == ${e}`)} ->
     x_i = dn_inode(${e}); dn[${e - 1}] = 0; drop_inode(x_i)
  :: else
  fi;`,
  );
  return `\ninline drop_unlinked() {\n${dentries}\n  skip\n}`;
}

function dropSuperblocks({ scope }: World): string {
  const superblocks = each(scope.superblocks, (s) => {
    const dentries = each(
      scope.dentries,
      (e) => `     if
     :: dn[${e - 1}] != 0 && in_superblock(dn_inode(${e})) == ${s} ->
        x_i = dn_inode(${e}); dn[${e - 1}] = 0; drop_inode(x_i)
     :: else
     fi;`,
    );
    return `  if\n  :: sb[${s - 1}] != 0 && sb_count(${s}) == 0 ->\n${dentries}\n     sb[${s - 1}] = 0\n  :: else\n  fi;`;
  });
  return `\ninline drop_superblocks() {\n${superblocks}\n  skip\n}`;
}

/** Takes down the marked mounts, all below them and everything that only they held. */
const pullDown = `
inline pull_down() {
  mark_below();
  drop_mounts();
  drop_unlinked();
  drop_superblocks()
}`;

/** A process leaves namespace n: the last one takes it along. */
function leave({ scope }: World): string {
  const mounts = each(
    scope.mounts,
    (m) => `     if :: mt_namespace(${m}) == n -> marked = marked | ${2 ** m} :: else fi;`,
  );
  const keys =
    scope.profile === 'linux-4.4'
      ? each(
          scope.superblocks,
          (s) =>
            `     if :: sb_key(${s}) == n -> sb[${s - 1}] = sb[${s - 1}] & (~SB_key_mask) :: else fi;`,
        )
      : '';
  return `
inline leave(n) {
  ns[n-1] = ns[n-1] - 1;
  if
  :: ns[n-1] == 0 ->
     marked = 0;
${mounts}
${keys}
     forget_places(n);
     if :: marked != 0 -> pull_down() :: else fi
  :: else
  fi
}`;
}

/** What other parts call: resolve, resolve_all, pull_down, leave. */
export function declareTrees(world: World): string {
  return [
    follow(world),
    resolve(world),
    resolveAll(world),
    forget(world),
    dropInode,
    markBelow(world),
    dropMounts(world),
    dropUnlinked(world),
    dropSuperblocks(world),
    pullDown,
    leave(world),
  ].join('\n');
}
