/** Filters of a network device: tc-bpf(8); net/sched/cls_api.c, cls_bpf.c, sch_api.c. */
import { chains } from '../state/codes.ts';
import { freeRowRows, isUnusable } from './new-descriptor.ts';
import { isProgramOf } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { capableRows } from './permission-rows.ts';
import { programLimitRow } from './reference-limit.ts';
import { bound, clause, ofArguments, type CallTable, type Row } from './row.ts';

/** The argument codes of a direction, and of the flag of RTM_NEWTFILTER. */
export const directions = chains;
export const filterFlags = { NLM_F_EXCL: 0, NLM_F_REPLACE: 1 } as const;

const source = 'net/sched/cls_api.c, cls_bpf.c; measured on 6.18.44';

function qdiscRows(parts: Parts, call: string): readonly Row[] {
  const { w, hooks } = parts;
  return [
    ...capableRows(parts, call, 'net/core/rtnetlink.c, rtnetlink_rcv_msg; measured on 6.18.44'),
    ofArguments(bound('bound.qdisc', () => (w.bounds.qdiscs ?? 0) === 0)),
    clause(`${call}.no-qdisc`, 'EINVAL', () => !hooks.hasQdisc(), source),
  ];
}

export function newFilter(parts: Parts): CallTable {
  const { w, hooks, descriptors } = parts;
  const R = { row: 0 };
  const isClassifier = isProgramOf(w, 'BPF_PROG_TYPE_SCHED_CLS');
  return {
    call: 'RTM_NEWTFILTER',
    short: 'new-filter',
    sorts: ['direction', 'fd', 'flag'],
    rows: [
      ...qdiscRows(parts, 'new-filter'),
      clause(
        'new-filter.exists',
        'EEXIST',
        (_p, chain, _fd, flag) => flag === filterFlags.NLM_F_EXCL && hooks.filterOf(chain) !== 0,
        source,
      ),
      clause('new-filter.fd-closed', 'EBADF', (p, _chain, fd) => isUnusable(parts, p, fd), source),
      ...programLimitRow(parts, 'new-filter', (_chain, fd) => fd),
      clause(
        'new-filter.not-a-classifier',
        'EINVAL',
        (p, _chain, fd) => !isClassifier(descriptors.objectAt(p, fd)),
        source,
      ),
      ...freeRowRows(w, 'attachment', R),
    ],
    effect(p, chain, fd) {
      const old = hooks.filterOf(chain);
      if (old !== 0) hooks.endFilter(old);
      hooks.addFilter(R.row, chain, descriptors.objectAt(p, fd));
      return 0;
    },
  };
}

export function delFilter(parts: Parts): CallTable {
  const { hooks } = parts;
  return {
    call: 'RTM_DELTFILTER',
    short: 'del-filter',
    sorts: ['direction'],
    rows: [
      ...qdiscRows(parts, 'del-filter'),
      clause('del-filter.none', 'ENOENT', (_p, chain) => hooks.filterOf(chain) === 0, source),
    ],
    effect(_p, chain) {
      hooks.endFilter(hooks.filterOf(chain));
      return 0;
    },
  };
}

export function delQdisc(parts: Parts): CallTable {
  return {
    call: 'RTM_DELQDISC',
    short: 'del-qdisc',
    sorts: [],
    rows: qdiscRows(parts, 'del-qdisc'),
    effect() {
      parts.hooks.deleteQdisc();
      return 0;
    },
  };
}
