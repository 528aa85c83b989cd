import { functionOfText } from './generated.ts';

/** Copies all of `from` into `to`, as straight-line code: a search does it after every transition. */
export function copierOf(from: Uint32Array, to: Uint32Array): () => void {
  const lines = Array.from(from, (_, k) => `to[${k}] = from[${k}];`);
  const make = functionOfText('copy', ['from', 'to'], `return () => {\n${lines.join('\n')}\n};`);
  const copy: unknown = make(from, to);
  if (!isAction(copy)) throw new Error('unreachable: the generated text is a function of nothing');
  return copy;
}

function isAction(value: unknown): value is () => void {
  return typeof value === 'function' && value.length === 0;
}
