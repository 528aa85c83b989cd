import type { GroundCall } from './ground-call.types.ts';
import { count, lowest, some, upTo } from './rows.ts';
import { reapedProcess, type World } from './tables.ts';

export function fork({ scope }: World, p: number): GroundCall[] {
  const copies = upTo(scope.descriptors).flatMap((f) => [
    `fd[slot(x_q, ${f})-1] = fd[slot(${p}, ${f})-1]`,
    `x_d = fd_description(slot(${p}, ${f}))`,
    'if :: x_d != 0 -> de[x_d-1] = de[x_d-1] + DE_count :: else fi',
  ]);
  return [
    {
      title: `${p} fork`,
      guards: [`running(${p})`, some(scope.processes, (q) => `absent(${q})`)],
      effects: [
        `x_q = ${lowest(scope.processes, (q) => `absent(${q})`)}`,
        `x_n = pr[${p - 1}]`,
        'pr[x_q-1] = x_n',
        'ns[x_n-1] = ns[x_n-1] + 1',
        ...copies,
      ],
    },
  ];
}

/** The descriptors go first, then the namespace: a pin that dies with it is the later holder. */
function end({ scope }: World, p: number): string[] {
  const closes = upTo(scope.descriptors).map(
    (f) => `if :: fd[slot(${p}, ${f})-1] != 0 -> close_slot(slot(${p}, ${f})) :: else fi`,
  );
  return [...closes, `x_n = pr[${p - 1}]`, `pr[${p - 1}] = ${reapedProcess(scope)}`, 'leave(x_n)'];
}

export function exitGroup(world: World, p: number): GroundCall[] {
  return [{ title: `${p} exit_group`, guards: [`running(${p})`], effects: end(world, p) }];
}

export function kill(world: World, p: number): GroundCall[] {
  return upTo(world.scope.processes).map((q) => ({
    title: `${p} kill ${q}`,
    guards: [`running(${p})`, `running(${q})`],
    effects: end(world, q),
  }));
}

/** Copies every mount, row by row, then lets the copies hang on copies. */
function copyMounts({ scope }: World): string[] {
  const free = lowest(scope.mounts, (c) => `mt[${c - 1}] == 0`);
  const copy = upTo(scope.mounts).map(
    (m) => `if
:: mt_namespace(${m}) == x_n ->
   x_m = ${free};
   copy_of[${m}] = x_m;
   mt[x_m-1] = MT(x_q, mt_parent(${m}), mt_at(${m}), mt_root(${m}));
   x_e = mt_root(${m});
   if
   :: x_e <= ${scope.dentries} -> x_s = in_superblock(dn_inode(x_e)); sb[x_s-1] = sb[x_s-1] + SB_count
   :: else
   fi
:: else
fi`,
  );
  const hang = upTo(scope.mounts).map(
    (m) => `if
:: mt_namespace(${m}) == x_q && mt_parent(${m}) != 0 ->
   mt[${m - 1}] = MT(x_q, copy_of[mt_parent(${m})], mt_at(${m}), mt_root(${m}))
:: else
fi`,
  );
  return [...copy, ...hang];
}

/** Scratch of unshare, indexed by the row of the original. */
export function declareCopies({ scope }: World): string {
  return `hidden byte copy_of[${scope.mounts + 1}];`;
}

export function unshare(world: World, p: number): GroundCall[] {
  const { scope } = world;
  const own = `pr[${p - 1}]`;
  return [
    {
      title: `${p} unshare`,
      guards: [
        `running(${p})`,
        some(scope.namespaces, (n) => `ns[${n - 1}] == 0`),
        `${count(scope.mounts, (m) => `(mt[${m - 1}] == 0)`)} >= ` +
          count(scope.mounts, (m) => `(mt_namespace(${m}) == ${own})`),
      ],
      effects: [
        `x_n = ${own}`,
        `x_q = ${lowest(scope.namespaces, (n) => `ns[${n - 1}] == 0`)}`,
        ...copyMounts(world),
        'ns[x_q-1] = 1',
        `pr[${p - 1}] = x_q`,
        // The scratch x_q outlives this: leaving takes other names.
        'leave(x_n)',
        'resolve(x_q)',
      ],
    },
  ];
}
