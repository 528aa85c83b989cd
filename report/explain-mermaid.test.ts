import { describe, expect, it } from 'vitest';
import type { Explanation, LogPlace, ObjectLife } from '../conformance/index.ts';
import { explainMermaid } from './explain-mermaid.ts';

const loader = 'loader (7)';
const reader = 'reader (8)';
const at = (line: number, by: string): LogPlace => ({ line, by });

const step = (line: number, by: string, event: string): ObjectLife['steps'][number] => ({
  ...{ place: at(line, by), event },
  ...{ holders: [by], possible: [] },
});

/** A map that is held to the end. */
function life(label: string, more: Partial<ObjectLife>): ObjectLife {
  return {
    ...{ label, type: 'hash', created: at(1, loader), origin: 'created', steps: [], more: 0 },
    ...{ outlived: null, windows: [], end: { kind: 'held', holders: [loader] } },
    ...more,
  };
}

function drawn(objects: readonly ObjectLife[], verdict?: Explanation['verdict']): string[] {
  const explanation: Explanation = {
    ...{ profile: 'linux-6.18', verdict: verdict ?? { verdict: 'conforms' }, judged: 3, objects },
    ...{ shortLived: 0, moreObjects: 0, mounts: [], replaced: [] },
    ...{ left: [], assumptions: [], remarks: [] },
  };
  return explainMermaid(explanation).split('\n');
}

const deviates = (line: number): Explanation['verdict'] => ({
  ...{ verdict: 'deviates', place: at(line, loader), call: 'close(3)', answer: '0' },
  ...{ allowed: [], clause: 'close.closed' },
});

describe('the sequence diagram of an explanation', () => {
  it('draws what each process does to each object, in the order of the log', () => {
    const first = life('map a', {
      steps: [step(1, loader, 'map a created'), step(4, reader, 'BPF_OBJ_GET /a')],
    });
    const second = life('map b', { steps: [step(2, loader, 'map b created')] });
    expect(drawn([first, second])).toEqual([
      'sequenceDiagram',
      '  participant p1 as loader (7)',
      '  participant p2 as reader (8)',
      '  participant o1 as map a',
      '  participant o2 as map b',
      '  p1->>o1: line 1#colon; map a created',
      '  p1->>o2: line 2#colon; map b created',
      '  p2->>o1: line 4#colon; BPF_OBJ_GET /a',
      '  Note over o1: lives on at the end',
      '  Note over o2: lives on at the end',
      '',
    ]);
  });

  it('ends the life of an object with what it died of, and notes no life after that', () => {
    const dead = life('map a', {
      steps: [step(1, loader, 'map a created')],
      end: { kind: 'died', place: at(9, reader), of: 'close(3) = 0' },
    });
    expect(drawn([dead]).slice(4)).toEqual([
      '  p1->>o1: line 1#colon; map a created',
      '  p2->>o1: line 9#colon; close(3) = 0, and it dies',
      '',
    ]);
  });

  it('notes that an object lives on where only somebody out of sight may hold it', () => {
    const open = life('map a', { end: { kind: 'possibly-held', possible: [reader] } });
    expect(drawn([open])).toContain('  Note over o1: lives on at the end');
  });

  it('notes where the log deviates, over the process that made the call', () => {
    const busy = life('map a', {
      steps: [step(1, reader, 'map a created'), step(2, loader, 'BPF_OBJ_GET /a')],
    });
    expect(drawn([busy], deviates(3)).at(-2)).toBe('  Note over p2: deviates in line 3');
  });

  it('draws the process that deviates where it is seen nowhere else, and where there is no object', () => {
    const other = life('map a', { steps: [step(1, reader, 'map a created')] });
    expect(drawn([other], deviates(5))).toEqual([
      'sequenceDiagram',
      '  participant p1 as reader (8)',
      '  participant p2 as loader (7)',
      '  participant o1 as map a',
      '  p1->>o1: line 1#colon; map a created',
      '  Note over o1: lives on at the end',
      '  Note over p2: deviates in line 5',
      '',
    ]);
    expect(drawn([], deviates(5))).toEqual([
      'sequenceDiagram',
      '  participant p1 as loader (7)',
      '  Note over p1: deviates in line 5',
      '',
    ]);
  });

  it('notes no deviation where the verdict is left open', () => {
    const lines = drawn([], { verdict: 'inconclusive', line: 2, reason: 'bound.objects' });
    expect(lines).toEqual(['sequenceDiagram', '']);
  });

  it('writes as entities what Mermaid would read as its own', () => {
    const odd = life('map <a>;"b"', { steps: [step(1, loader, 'get {#1:\n50%}')] });
    const lines = drawn([odd]);
    expect(lines).toContain('  participant o1 as map #60;a#62;#59;#34;b#34;');
    expect(lines).toContain('  p1->>o1: line 1#colon; get #123;#35;1#colon; 50#37;#125;');
  });

  it('stops at 400 arrows, the earliest of all objects', () => {
    const many = (from: number): ObjectLife['steps'] =>
      Array.from({ length: 300 }, (_, i) => step(from + 2 * i, loader, 'dup(3)'));
    const lines = drawn([life('map a', { steps: many(1) }), life('map b', { steps: many(2) })]);
    const arrows = lines.filter((line) => line.includes('->>'));
    expect(arrows).toHaveLength(400);
    expect(arrows.at(-1)).toBe('  p1->>o2: line 400#colon; dup(3)');
  });
});
