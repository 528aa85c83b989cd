/** Charts with one transition that leads elsewhere. */
import { charts, type Chart, type Charts } from '../../model/index.ts';
import { unhandled } from '../../model/charts/index.ts';

export type ChartName = keyof Charts;

export const chartNames = [
  'process',
  'descriptor',
  'description',
  'socket',
  'message',
  'attachment',
  'cgroup',
  'qdisc',
  'object',
  'inode',
  'superblock',
  'mount',
  'namespace',
] as const satisfies readonly ChartName[];

/** An entry of a chart: what a state makes of an event. */
export interface Transition {
  readonly chart: ChartName;
  readonly state: string;
  readonly event: string;
}

/** A transition and the state it is to lead to, or `unhandled`. */
export interface Flip extends Transition {
  readonly target: string;
}

/** As lists name a transition, for instance `process: exited meets reap`. */
export const transitionName = ({ chart, state, event }: Transition): string =>
  `${chart}: ${state} meets ${event}`;

export const flipName = (flip: Flip): string => `${transitionName(flip)} -> ${flip.target}`;

const chartOf = (all: Charts, name: ChartName): Chart<string, string> => all[name];

/** Where a chart keeps what a state makes of an event. @throws on a name that it does not have. */
function entryOf(chart: Chart<string, string>, { state, event }: Transition): number {
  return stateCode(chart, state) * chart.eventNames.length + index(chart.eventNames, event);
}

function stateCode({ stateNames }: Chart<string, string>, state: string): number {
  return index(stateNames, state);
}

function index(names: readonly string[], name: string): number {
  const at = names.indexOf(name);
  if (at < 0) throw new Error(`${name} is none of ${names.join()}`);
  return at;
}

/** Every transition of a chart that its states handle, in the order of its table. */
export function transitionsOf(name: ChartName): readonly Transition[] {
  const chart = chartOf(charts, name);
  return chart.stateNames.flatMap((state) =>
    chart.eventNames.flatMap((event): Transition[] => {
      const transition = { chart: name, state, event };
      return chart.next[entryOf(chart, transition)] === unhandled ? [] : [transition];
    }),
  );
}

/** The flips of a transition to every other state of its chart. */
export function flipsOf(transition: Transition): readonly Flip[] {
  const chart = chartOf(charts, transition.chart);
  const own = chart.next[entryOf(chart, transition)];
  return chart.stateNames.flatMap((target, code) =>
    code === own ? [] : [{ ...transition, target }],
  );
}

/**
 * A copy of the charts with flipped transitions; the tables of the given ones stay as they are.
 * @throws on a chart's state or event that does not exist.
 */
export function flippedCharts(all: Charts, ...flips: readonly Flip[]): Charts {
  return flips.reduce<Charts>((before, flip) => {
    const chart = chartOf(before, flip.chart);
    const next = chart.next.slice();
    next[entryOf(chart, flip)] =
      flip.target === 'unhandled' ? unhandled : stateCode(chart, flip.target);
    return { ...before, [flip.chart]: { ...before[flip.chart], next } };
  }, all);
}
