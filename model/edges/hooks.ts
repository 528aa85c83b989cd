/**
 * What programs hang on besides sockets: cgroups, by themselves or by links, and the qdisc of the
 * network device (kernel/bpf/cgroup.c; net/sched/cls_bpf.c). The only writer of their lifecycles.
 */
import { attachModes } from '../state/codes.ts';
import type { Tables } from '../state/tables.ts';
import type { ObjectEdges } from './objects.ts';

/** BPF_CGROUP_MAX_PROGS. */
const mostPrograms = 64;

export interface HookEdges {
  /** The cgroups and the qdisc of a fresh world. */
  start(): void;
  isOnline(c: number): boolean;
  /** How programs are attached to a cgroup (`attachModes`), or 0 if there is none. */
  modeOf(c: number): number;
  /** Whether it takes no more, be they programs or links (BPF_CGROUP_MAX_PROGS). */
  isFull(c: number): boolean;
  /** The attachment of a program to a cgroup, 0 for any program; links do not count. */
  attachmentOf(c: number, program: number): number;
  attach(a: number, c: number, program: number, mode: number): void;
  /** A cgroup lets go of a program. */
  letGo(a: number): void;
  removeCgroup(c: number): void;
  /** Lets go of what a removed cgroup has attached: a deferred effect. */
  readonly releaseCgroup: (c: number) => void;
  hasQdisc(): boolean;
  /** The filter of a direction, or 0. */
  filterOf(chain: number): number;
  addFilter(a: number, chain: number, program: number): void;
  /** A filter ends; its program is held on for a while. */
  endFilter(a: number): void;
  deleteQdisc(): void;
}

export function createHookEdges(w: Tables, objects: ObjectEdges): HookEdges {
  const { cgroup, qdisc, attachment, object, moves, bounds } = w;
  const { attachments = 0, qdiscs = 0 } = bounds;
  const { online } = w.charts.cgroup.states;
  const cgroups = cgroup.state.cells.length - 1;

  function attachmentOf(c: number, program: number): number {
    for (let a = 1; a <= attachments; a++) {
      if (attachment.cgroup(a) !== c) continue;
      if (program === 0 || attachment.program(a) === program) return a;
    }
    return 0;
  }

  function isLinked(c: number): boolean {
    for (let o = 1; o <= bounds.objects; o++) if (object.cgroup(o) === c) return true;
    return false;
  }

  function modeOf(c: number): number {
    const a = attachmentOf(c, 0);
    if (a !== 0) return attachment.mode(a);
    return isLinked(c) ? attachModes.multi : 0;
  }

  function letGo(a: number): void {
    const program = attachment.program(a);
    moves.attachment['let-go'](a);
    attachment.cgroup.cells[a] = 0;
    attachment.mode.cells[a] = 0;
    attachment.program.cells[a] = 0;
    objects.drop(program, 'filter');
  }

  function filterOf(chain: number): number {
    for (let a = 1; a <= attachments; a++) if (attachment.chain(a) === chain) return a;
    return 0;
  }

  function hold(a: number, program: number): void {
    moves.attachment.attach(a);
    attachment.program.cells[a] = program;
    objects.take(program);
  }

  function endFilter(a: number): void {
    moves.attachment.detach(a);
    attachment.chain.cells[a] = 0;
  }

  return {
    start() {
      for (let c = 1; c <= cgroups; c++) moves.cgroup.create(c);
      if (qdiscs > 0) moves.qdisc.create(1);
    },
    isOnline: (c) => cgroup.state(c) === online,
    modeOf,
    isFull(c) {
      let attached = 0;
      for (let a = 1; a <= attachments; a++) if (attachment.cgroup(a) === c) attached++;
      for (let o = 1; o <= bounds.objects; o++) if (object.cgroup(o) === c) attached++;
      return attached >= mostPrograms;
    },
    attachmentOf,
    attach(a, c, program, mode) {
      hold(a, program);
      attachment.cgroup.cells[a] = c;
      attachment.mode.cells[a] = mode;
    },
    letGo,
    removeCgroup(c) {
      moves.cgroup[modeOf(c) === 0 ? 'remove-bare' : 'remove'](c);
    },
    releaseCgroup(c) {
      moves.cgroup.released(c);
      for (let a = 1; a <= attachments; a++) if (attachment.cgroup(a) === c) letGo(a);
      for (let o = 1; o <= bounds.objects; o++) if (object.cgroup(o) === c) objects.detachLink(o);
    },
    hasQdisc: () => qdiscs > 0 && qdisc.state(1) !== 0,
    filterOf,
    addFilter(a, chain, program) {
      hold(a, program);
      attachment.chain.cells[a] = chain;
    },
    endFilter,
    deleteQdisc() {
      moves.qdisc.delete(1);
      for (let a = 1; a <= attachments; a++) if (attachment.chain(a) !== 0) endFilter(a);
    },
  };
}
