/** Promela that counts again what the counters say, from those who hold. */
import { count, each } from './rows.ts';
import type { Asserts } from './scope.types.ts';
import type { World } from './tables.ts';

function objects({ scope }: World): string {
  return each(scope.objects, (o) => {
    const byUsers =
      `${count(scope.descriptions, (d) => `(de_object(${d}) == ${o})`)} + ` +
      count(scope.inodes, (i) => `(in_object(${i}) == ${o})`);
    const byPrograms = count(scope.objects, (program) => `(ob_uses(${program}) == ${o})`);
    return [
      `  assert(ob_refcnt(${o}) == ${byUsers} + ${byPrograms});`,
      `  assert(ob_usercnt(${o}) == (ob_tag(${o}) == PROGRAM -> 0 : ${byUsers}));`,
      `  assert((ob_tag(${o}) == USERS) == (ob_usercnt(${o}) > 0));`,
      `  assert((ob_tag(${o}) == USERS || ob_tag(${o}) == PROGRAMS || ob_tag(${o}) == PROGRAM) == (ob_refcnt(${o}) > 0));`,
    ].join('\n');
  });
}

function descriptions({ scope }: World): string {
  const slots = scope.processes * scope.descriptors;
  return each(scope.descriptions, (d) => {
    const held = count(slots, (slot) => `(fd_description(${slot}) == ${d})`);
    return `  assert(de_count(${d}) == ${held}); assert((de[${d - 1}] == 0) == (de_count(${d}) == 0));`;
  });
}

function superblocks({ scope }: World): string {
  return each(scope.superblocks, (s) => {
    const mounts = count(
      scope.mounts,
      (m) =>
        `(mt[${m - 1}] != 0 && mt_root(${m}) <= ${scope.dentries} && in_superblock(dn_inode(mt_root(${m}))) == ${s})`,
    );
    return `  assert(sb_count(${s}) == ${mounts}); assert((sb[${s - 1}] == 0) == (sb_count(${s}) == 0));`;
  });
}

function names({ scope }: World): string {
  const inodes = each(
    scope.inodes,
    (i) =>
      `  assert((in[${i - 1}] != 0) == ${count(scope.dentries, (e) => `(dn_inode(${e}) == ${i})`)});`,
  );
  const dentries = each(
    scope.dentries,
    (e) => `  assert((dn[${e - 1}] != 0) == (dn_inode(${e}) != 0));`,
  );
  return `${inodes}\n${dentries}`;
}

function namespaces({ scope }: World): string {
  const counts = each(
    scope.namespaces,
    (n) => `  assert(ns[${n - 1}] == ${count(scope.processes, (p) => `(pr[${p - 1}] == ${n})`)});`,
  );
  const mounts = each(
    scope.mounts,
    (m) =>
      `  assert((mt[${m - 1}] == 0) == (mt_namespace(${m}) == 0)); assert(mt[${m - 1}] == 0 || ns[mt_namespace(${m})-1] != 0);`,
  );
  return `${counts}\n${mounts}`;
}

/**
 * Asserts that counters equal their holders and that rows of things that are gone are zero: of all
 * tables, or of objects alone.
 */
export function declareRecount(world: World, asserts: Asserts): string {
  if (asserts === 'without-asserts') return '';
  const others = [descriptions, superblocks, names, namespaces];
  const parts = [objects, ...(asserts === 'object-asserts' ? [] : others)];
  return `\ninline recount() {\n${parts.map((part) => part(world)).join('\n')}\n  skip\n}`;
}
