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
  if (!isAction(copy)) throw new Error('unreachable: the generated text is a function of nothing');
  return copy;
}

function isAction(value: unknown): value is () => void {
  return typeof value === 'function' && value.length === 0;
}
