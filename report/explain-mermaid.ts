/** An explanation as a sequence diagram in Mermaid: processes and objects, and what happens between them. */
import type { Explanation, ObjectLife } from '../conformance/index.ts';

/** Mermaid draws no more than that in a readable way. */
const mostArrows = 400;

interface Arrow {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** The text of one diagram. */
export function explainMermaid({ objects, verdict }: Explanation): string {
  const arrows = objects
    .flatMap((life, at) => arrowsOf(life, at))
    .toSorted((a, b) => a.line - b.line)
    .slice(0, mostArrows);
  const deviates = verdict.verdict === 'deviates' ? [verdict.place] : [];
  const people = [...new Set([...arrows.map(({ from }) => from), ...deviates.map(({ by }) => by)])];
  const ids = new Map(people.map((by, at) => [by, `p${at + 1}`]));
  return `${[
    'sequenceDiagram',
    ...people.map((by) => `  participant ${ids.get(by) ?? ''} as ${plain(by)}`),
    ...objects.map(({ label }, at) => `  participant ${objectId(at)} as ${plain(label)}`),
    ...arrows.map(({ from, to, text }) => `  ${ids.get(from) ?? ''}->>${to}: ${plain(text)}`),
    ...objects.flatMap(({ end }, at) =>
      end.kind === 'died' ? [] : [`  Note over ${objectId(at)}: lives on at the end`],
    ),
    ...deviates.map(({ line, by }) => `  Note over ${ids.get(by) ?? ''}: deviates in line ${line}`),
  ].join('\n')}\n`;
}

const objectId = (at: number): string => `o${at + 1}`;

function arrowsOf({ steps, end }: ObjectLife, at: number): readonly Arrow[] {
  const to = objectId(at);
  const last =
    end.kind === 'died'
      ? [
          {
            line: end.place.line,
            from: end.place.by,
            to,
            text: `line ${end.place.line}: ${end.of}, and it dies`,
          },
        ]
      : [];
  return [
    ...steps.map(({ place: { line, by }, event }) => ({
      ...{ line, from: by, to },
      text: `line ${line}: ${event}`,
    })),
    ...last,
  ];
}

/** Signs that mean something to Mermaid are written as entities. */
function plain(text: string): string {
  return text
    .replaceAll(/[#;:<>"%{}]/g, (sign) =>
      sign === ':' ? '#colon;' : `#${sign.codePointAt(0) ?? 32};`,
    )
    .replaceAll(/\s+/g, ' ');
}
