import { setup, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { charts, movesOf, unhandled } from './index.ts';

const door = setup({}).createMachine({
  id: 'door',
  initial: 'absent',
  states: {
    absent: { on: { hang: 'open' } },
    open: { on: { shut: 'shut', remove: 'gone' } },
    shut: { on: { open: 'open', remove: 'gone' } },
    gone: { type: 'final' },
  },
});
const states = ['absent', 'open', 'shut', 'gone'] as const;
const events = ['hang', 'open', 'shut', 'remove'] as const;

describe('a compiled chart', () => {
  it.each(['kept', 'free'] as const)('answers as xstate does, state by event (%s)', (finalRow) => {
    const chart = compile(door, states, events, finalRow);
    for (const state of states) {
      const snapshot = door.resolveState({ value: state, context: {} });
      for (const type of events) {
        const code = chart.next[chart.states[state] * events.length + chart.events[type]];
        const [after] = transition(door, snapshot, { type });
        const handled = snapshot.can({ type });
        const freed = finalRow === 'free' && after.value === 'gone';
        const named = states.find((name) => name === after.value) ?? 'absent';
        expect(code).toBe(!handled ? unhandled : freed ? 0 : chart.states[named]);
      }
    }
  });

  it('moves a row and refuses what its state does not handle', () => {
    const chart = compile(door, states, events, 'kept');
    const cells = new Uint8Array([0, 0]);
    const moves = movesOf(chart, cells);
    moves.hang(1);
    moves.shut(1);
    expect([...cells]).toEqual([0, chart.states.shut]);
    expect(() => {
      moves.shut(1);
    }).toThrow('a door that is shut meets shut');
    moves.remove(1);
    expect(cells[1]).toBe(chart.states.gone);
  });

  it('has the states of its machine, no more and no fewer', () => {
    expect(() => compile(door, ['absent', 'open', 'gone'], events, 'kept')).toThrow(
      'the door chart has the states absent,gone,open,shut',
    );
  });
});

describe.each(Object.entries(charts))('the %s chart', (_, chart) => {
  it('starts with code 0 and reaches every state', () => {
    const width = chart.eventNames.length;
    const reached = new Set([0]);
    for (const state of reached) {
      for (let event = 0; event < width; event++) {
        const next = chart.next[state * width + event] ?? unhandled;
        if (next !== unhandled) reached.add(next);
      }
    }
    const last = chart.stateNames.length - 1;
    const freed = chart.stateNames[last] === 'gone' && !chart.next.includes(last);
    expect([...reached].sort()).toEqual(
      chart.stateNames.map((_, code) => code).slice(0, freed ? last : last + 1),
    );
  });
});
