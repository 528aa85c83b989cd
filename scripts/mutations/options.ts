/** What a run is asked to go through. */
import { parseArgs } from 'node:util';
import { profileNames, type ProfileName } from '../../model/index.ts';
import { callNames, type CallName } from '../../model/vocabulary/index.ts';
import { chartNames, type ChartName } from '../../test/charts/flipped-chart.test-data.ts';
import { kinds, type Kind, type Mutation } from './mutation.types.ts';

export interface Options {
  /** The newest first: it has the most traces, so that the others are asked about little. */
  readonly profiles: readonly ProfileName[];
  readonly kinds: readonly Kind[];
  /** With one of these, nothing but the rows of the call and the transitions of the chart. */
  readonly call: CallName | undefined;
  readonly chart: ChartName | undefined;
  readonly as: 'text' | 'json';
}

export type Parsed =
  { readonly ok: true; readonly options: Options } | { readonly ok: false; readonly why: string };

const usage =
  'usage: npm run mutate -- [--profile NAME] [--kind dropped|swapped|flipped] [--call NAME] ' +
  '[--chart NAME] [--json]';

const text = { type: 'string' } as const;

export function parseOptions(args: readonly string[]): Parsed {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { profile: text, kind: text, call: text, chart: text, json: { type: 'boolean' } },
    });
    const profile = among('profile', values.profile, profileNames);
    const kind = among('kind', values.kind, kinds);
    return {
      ok: true,
      options: {
        profiles: profile === undefined ? profileNames.toReversed() : [profile],
        kinds: kind === undefined ? kinds : [kind],
        call: among('call', values.call, callNames),
        chart: among('chart', values.chart, chartNames),
        as: (values.json ?? false) ? 'json' : 'text',
      },
    };
  } catch (error) {
    return {
      ok: false,
      why: `${error instanceof Error ? error.message : String(error)}\n${usage}`,
    };
  }
}

function among<Name extends string>(
  what: string,
  name: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (name === undefined) return undefined;
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Error(`no ${what} is called ${JSON.stringify(name)}; there are ${names.join(', ')}`);
}

/** Whether a run goes through a mutation. */
export function isAsked({ kinds: wanted, call, chart }: Options, mutation: Mutation): boolean {
  if (!wanted.includes(mutation.kind)) return false;
  if (call === undefined && chart === undefined) return true;
  return mutation.kind === 'flipped' ? mutation.flip.chart === chart : mutation.call === call;
}
