import { charts as own, type Charts } from '../../model/index.ts';
import { flippedCharts, type Flip } from '../../test/charts/flipped-chart.test-data.ts';

/** Charts of which one transition at a time can be flipped, in worlds that are made of them already. */
export interface Flippable {
  readonly charts: Charts;
  /** Does something while a transition is flipped. */
  readonly under: <T>(flip: Flip, act: () => T) => T;
}

export function flippable(): Flippable {
  // A flip of nothing is a copy.
  const charts = Object.values(own).reduce<Charts>(
    (all, chart) => ({ ...all, [chart.name]: { ...chart, next: chart.next.slice() } }),
    own,
  );
  return {
    charts,
    under(flip, act) {
      const { next } = charts[flip.chart];
      next.set(flippedCharts(own, flip)[flip.chart].next);
      try {
        return act();
      } finally {
        next.set(own[flip.chart].next);
      }
    },
  };
}
