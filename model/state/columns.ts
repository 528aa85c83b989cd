/** What columns may hold. */
import type { Chart } from '../charts/index.ts';
import type { ColumnSpec } from './layout.ts';

/** The states of a lifecycle. */
export function lifecycle<S extends string, E extends string>(chart: Chart<S, E>): ColumnSpec {
  return { max: chart.next.reduce((max, code) => (code < 255 && code > max ? code : max), 0) };
}

/** Numbers from 0 on. */
export const upTo = (max: number): ColumnSpec => ({ max });
