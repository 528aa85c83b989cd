/** create, close, dup, pin, get and unlink of the bounded model. */
import type { BoundedScope } from '../../bounded/scope.types.ts';
import type { GroundCall } from '../ground-call.types.ts';
import { some, upTo } from '../rows.ts';
import { hold } from './effects.ts';
import { mounted, runs } from './guards.ts';

const isOpen = (p: number, f: number): string => `pr_fd${f}(${p}) != 0`;
const hasRoom = ({ descriptors }: BoundedScope, p: number): string =>
  some(descriptors, (f) => `pr_fd${f}(${p}) == 0`);

/** Opens the lowest free descriptor of a process on an object. */
function open({ descriptors }: BoundedScope, p: number, o: string | number): string {
  const options = upTo(descriptors).map((f) => {
    const taken = upTo(f - 1).map((lower) => `${isOpen(p, lower)} && `);
    return `:: ${taken.join('')}pr_fd${f}(${p}) == 0 -> set_pr_fd${f}(${p}, ${o})`;
  });
  return `if ${options.join(' ')} fi`;
}

function create(scope: BoundedScope, p: number): GroundCall[] {
  return upTo(scope.objects).flatMap((o) =>
    [1, 2].map((kind) => ({
      title: `${p} create ${o} ${kind}`,
      guards: [runs(p), `ob_kind(${o}) == 0`, hasRoom(scope, p)],
      effects: [open(scope, p, o), `set_ob_kind(${o}, ${kind})`, `set_ob_refcnt(${o}, 1)`],
    })),
  );
}

function close({ descriptors }: BoundedScope, p: number): GroundCall[] {
  return upTo(descriptors).map((f) => ({
    title: `${p} close ${f}`,
    guards: [isOpen(p, f)],
    effects: [`x_o = pr_fd${f}(${p})`, `set_pr_fd${f}(${p}, 0)`, 'drop(x_o)'],
  }));
}

function dup(scope: BoundedScope, p: number): GroundCall[] {
  return upTo(scope.descriptors).map((f) => ({
    title: `${p} dup ${f}`,
    guards: [isOpen(p, f), hasRoom(scope, p)],
    effects: [`x_o = pr_fd${f}(${p})`, open(scope, p, 'x_o'), hold('x_o')],
  }));
}

function pin({ descriptors, names }: BoundedScope, p: number): GroundCall[] {
  return upTo(descriptors).flatMap((f) =>
    upTo(names).map((k) => ({
      title: `${p} pin ${f} ${k}`,
      guards: [isOpen(p, f), `${mounted(p)} != 0`, `in_pin${k}(${mounted(p)}) == 0`],
      effects: [
        `x_i = ${mounted(p)}`,
        `x_o = pr_fd${f}(${p})`,
        `set_in_pin${k}(x_i, x_o)`,
        hold('x_o'),
      ],
    })),
  );
}

const isPinned = (p: number, k: number): string[] => [
  runs(p),
  `${mounted(p)} != 0`,
  `in_pin${k}(${mounted(p)}) != 0`,
];

function get(scope: BoundedScope, p: number): GroundCall[] {
  return upTo(scope.names).map((k) => ({
    title: `${p} get ${k}`,
    guards: [...isPinned(p, k), hasRoom(scope, p)],
    effects: [`x_o = in_pin${k}(${mounted(p)})`, open(scope, p, 'x_o'), hold('x_o')],
  }));
}

function unlink({ names }: BoundedScope, p: number): GroundCall[] {
  return upTo(names).map((k) => ({
    title: `${p} unlink ${k}`,
    guards: isPinned(p, k),
    effects: [
      `x_i = ${mounted(p)}`,
      `x_o = in_pin${k}(x_i)`,
      `set_in_pin${k}(x_i, 0)`,
      'drop(x_o)',
    ],
  }));
}

export const objectCalls = [create, close, dup, pin, get, unlink] as const;
