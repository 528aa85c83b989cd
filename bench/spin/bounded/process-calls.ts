/** exit, fork, unshare, mount and umount of the bounded model. */
import type { BoundedScope } from '../../bounded/scope.types.ts';
import type { GroundCall } from '../ground-call.types.ts';
import { lowest, some, upTo } from '../rows.ts';
import { hold } from './effects.ts';
import { isDeadInstance, isDeadNamespace, mounted, runs } from './guards.ts';

function exit({ descriptors }: BoundedScope, p: number): GroundCall[] {
  const closes = upTo(descriptors).map(
    (f) => `x_o = pr_fd${f}(${p}); if :: x_o != 0 -> set_pr_fd${f}(${p}, 0); drop(x_o) :: else fi`,
  );
  const leaves = [`x_n = pr_namespace(${p})`, `set_pr_namespace(${p}, 0)`, 'leave(x_n)'];
  return [{ title: `${p} exit`, guards: [runs(p)], effects: [...closes, ...leaves] }];
}

function fork({ processes, descriptors }: BoundedScope, p: number): GroundCall[] {
  const others = upTo(processes).filter((q) => q !== p);
  return others.map((q) => ({
    title: `${p} fork ${q}`,
    guards: [runs(p), `pr_namespace(${q}) == 0`],
    effects: [
      `set_pr_namespace(${q}, pr_namespace(${p}))`,
      ...upTo(descriptors).map(
        (f) =>
          `x_o = pr_fd${f}(${p}); if :: x_o != 0 -> set_pr_fd${f}(${q}, x_o); ${hold('x_o')} :: else fi`,
      ),
    ],
  }));
}

function unshare(scope: BoundedScope, p: number): GroundCall[] {
  const { namespaces } = scope;
  if (namespaces === 1) return [];
  return [
    {
      title: `${p} unshare`,
      guards: [runs(p), some(namespaces, (m) => isDeadNamespace(scope, m))],
      effects: [
        `x_m = ${lowest(namespaces, (m) => isDeadNamespace(scope, m))}`,
        `x_n = pr_namespace(${p})`,
        'set_ns_instance(x_m, ns_instance(x_n))',
        `set_pr_namespace(${p}, x_m)`,
        'leave(x_n)',
      ],
    },
  ];
}

function mount(scope: BoundedScope, p: number): GroundCall[] {
  const { namespaces } = scope;
  const dead = lowest(namespaces, (i) => isDeadInstance(scope, i));
  const met = upTo(namespaces).reduceRight(
    (rest, i) => `(in_key(${i}) == x_n -> ${i} : ${rest})`,
    dead,
  );
  return [
    {
      title: `${p} mount`,
      guards: [runs(p), `${mounted(p)} == 0`],
      effects: [
        `x_n = pr_namespace(${p})`,
        `x_i = ${met}`,
        // One that is used again has this key already.
        'set_in_key(x_i, x_n)',
        'set_ns_instance(x_n, x_i)',
      ],
    },
  ];
}

function umount(_scope: BoundedScope, p: number): GroundCall[] {
  return [
    {
      title: `${p} umount`,
      guards: [runs(p), `${mounted(p)} != 0`],
      effects: [
        `x_i = ${mounted(p)}`,
        `set_ns_instance(pr_namespace(${p}), 0)`,
        'drop_instance(x_i)',
      ],
    },
  ];
}

export const processCalls = [exit, fork, unshare, mount, umount] as const;
