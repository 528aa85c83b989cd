/**
 * States as ITF JSON, the Informal Trace Format of Apalache, which tools around TLA+ and Quint read
 * (https://apalache-mc.org/docs/adr/015adr-trace.html).
 */

/** What a variable holds. */
export type ItfValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'set'; readonly members: readonly ItfValue[] }
  | { readonly kind: 'list'; readonly members: readonly ItfValue[] }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [key: ItfValue, value: ItfValue])[] }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, ItfValue>> };

export interface ItfState {
  /** What led to it; `init` for the first. */
  readonly action: string;
  readonly variables: Readonly<Record<string, ItfValue>>;
}

export interface ItfMeta {
  readonly title: string | null;
  readonly profile: string;
}

export const itfNumber = (value: number): ItfValue => ({ kind: 'number', value });
export const itfString = (value: string): ItfValue => ({ kind: 'string', value });

type Json = string | number | readonly Json[] | { readonly [key: string]: Json };

/** The document, with a line for each state. Every state has the same variables. */
export function itfText({ title, profile }: ItfMeta, states: readonly ItfState[]): string {
  const names = Object.keys(states[0]?.variables ?? {});
  const meta: Json = {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    source: 'pinproof',
    description: `${title ?? 'a trace'} (under ${profile})`,
  };
  const rows = states.map(({ action, variables }, index) =>
    JSON.stringify({ '#meta': { index }, [actionVariable]: action, ...jsonFields(variables) }),
  );
  return `{
"#meta": ${JSON.stringify(meta)},
"vars": ${JSON.stringify([actionVariable, ...names])},
"states": [
${rows.join(',\n')}
]
}
`;
}

const actionVariable = 'mbt::actionTaken';

const jsonFields = (fields: Readonly<Record<string, ItfValue>>): Record<string, Json> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, json(value)]));

function json(of: ItfValue): Json {
  switch (of.kind) {
    case 'number':
      return { '#bigint': `${of.value}` };
    case 'string':
      return of.value;
    case 'set':
      return { '#set': of.members.map(json) };
    case 'list':
      return of.members.map(json);
    case 'map':
      return { '#map': of.pairs.map(([key, value]) => [json(key), json(value)]) };
    case 'record':
      return jsonFields(of.fields);
  }
}
