import { functionOfText } from './generated.ts';

/** Copies some words of `from` into `to`, as straight-line code: a search does it at every transition. */
export function copierOf(
  from: Uint32Array,
  to: Uint32Array,
  indices: readonly number[],
): () => void {
  const lines = indices.map((k) => `to[${k}] = from[${k}];`);
  const make = functionOfText('copy', ['from', 'to'], `return () => {\n${lines.join('\n')}\n};`);
  const copy: unknown = make(from, to);
  /* c8 ignore next -- unreachable, but the type of generated functions does not say so */
  if (!isAction(copy)) throw new Error('unreachable: the generated text is a function of nothing');
  return copy;
}

/** Whether some words of two arrays differ, as straight-line code: asked after every call that is tried. */
export function differOf(
  one: Uint32Array,
  other: Uint32Array,
  indices: readonly number[],
): () => boolean {
  const differ = indices.map((k) => `one[${k}] !== other[${k}]`).join(' ||\n');
  const make = functionOfText('differ', ['one', 'other'], `return () => ${differ || 'false'};`);
  const made: unknown = make(one, other);
  if (!isQuestion(made))
    throw new Error('unreachable: the generated text is a function of nothing');
  return made;
}

function isQuestion(value: unknown): value is () => boolean {
  return typeof value === 'function' && value.length === 0;
}

function isAction(value: unknown): value is () => void {
  return typeof value === 'function' && value.length === 0;
}
