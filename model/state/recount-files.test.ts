import { describe, expect, it } from 'vitest';
import * as line from '../lines.test-data.ts';
import { profileNames } from '../profiles/index.ts';
import { recount } from './recount.ts';
import { crowd, crowdedBounds, runOf } from './tables.test-data.ts';
import type { Tables } from './tables.ts';

const later = [
  line.receive(6, { room: 1 }),
  line.exec,
  line.send(5, 6),
  'close(6)',
  'close(5)',
  'dup(7)',
  'fork()',
  'kill(2, SIGKILL)',
  'close(7)',
  'close(8)',
  'exit_group(0)',
].map((call) => `1 ${call}`);

describe.each(profileNames)('a recount of files and slots under %s', (profile) => {
  it('finds nothing between two calls and effects, whatever they take and give back', () => {
    const run = runOf(profile, crowdedBounds, []);
    for (const call of [...crowd, ...later]) {
      run.take(call);
      expect(recount(run.w), call).toEqual([]);
    }
    do expect(recount(run.w)).toEqual([]);
    while (run.settle() === 'settled');
  });

  it('finds nothing if every effect takes place at once', () => {
    const run = runOf(profile, crowdedBounds, []);
    for (const call of [...crowd, ...later]) {
      run.take(call);
      while (run.settle() === 'settled') expect(recount(run.w), call).toEqual([]);
    }
  });
});

describe('a recount of what is wrong', () => {
  /** What is written over a cell, and what the recount says of it. */
  const wrong: readonly (readonly [sentences: readonly string[], spoil: (w: Tables) => void])[] = [
    [['files 1: count is stored as 1 and counted as 2'], (w) => (w.files.count.cells[1] = 1)],
    [['files 3: count is stored as 1 and counted as 0'], (w) => (w.files.count.cells[3] = 1)],
    [
      [
        'files 1: count is stored as 2 and counted as 1',
        'files 2: count is stored as 0 and counted as 1',
      ],
      (w) => (w.process.files.cells[2] = 2),
    ],
    [
      ['descriptor 8: state is stored as open and counted as closed'],
      (w) => (w.descriptor.state.cells[8] = w.charts.descriptor.states.open),
    ],
    [
      [
        'descriptor 8: description is stored as 5 and counted as 0',
        'description 5: count is stored as 1 and counted as 2',
      ],
      (w) => (w.descriptor.description.cells[8] = 5),
    ],
    [
      ['description 2: count is stored as 2 and counted as 3'],
      (w) => (w.description.count.cells[2] = 2),
    ],
    [
      ['description 2: queued is stored as 1 and counted as 2'],
      (w) => (w.description.queued.cells[2] = 1),
    ],
    [
      ['description 1: state is stored as open and counted as in-flight'],
      (w) => (w.description.state.cells[1] = w.charts.description.states.open),
    ],
    [
      ['description 2: state is stored as in-flight and counted as open'],
      (w) => (w.description.state.cells[2] = w.charts.description.states['in-flight']),
    ],
    [
      ['description 7: state is stored as in-flight and counted as absent'],
      (w) => (w.description.state.cells[7] = w.charts.description.states['in-flight']),
    ],
    [
      ['description 7: kind is stored as 1 and counted as 0'],
      (w) => (w.description.kind.cells[7] = 1),
    ],
    [
      [
        'description 7: socket is stored as 3 and counted as 0',
        'socket 3: state is stored as absent and counted as alone',
      ],
      (w) => (w.description.socket.cells[7] = 3),
    ],
    [
      ['socket 1: state is stored as alone and counted as connected'],
      (w) => (w.socket.state.cells[1] = w.charts.socket.states.alone),
    ],
    [
      ['socket 2: state is stored as reset and counted as connected'],
      (w) => (w.socket.state.cells[2] = w.charts.socket.states.reset),
    ],
    [
      ['socket 4: state is stored as connected and counted as alone'],
      (w) => (w.socket.state.cells[4] = w.charts.socket.states.connected),
    ],
    [
      [
        'socket 4: state is stored as absent and counted as alone',
        'attachment 3: state is stored as kept-by-peer and counted as releasing',
      ],
      (w) => (w.socket.state.cells[4] = 0),
    ],
    [
      ['socket 3: state is stored as alone and counted as absent'],
      (w) => (w.socket.state.cells[3] = w.charts.socket.states.alone),
    ],
    [
      [
        'socket 1: state is stored as connected and counted as alone',
        'socket 1: peer is stored as 0 and counted as 2',
      ],
      (w) => (w.socket.peer.cells[1] = 0),
    ],
    [
      [
        'socket 4: peer is stored as 0 and counted as 3',
        'socket 3: peer is stored as 4 and counted as 0',
      ],
      (w) => (w.socket.peer.cells[3] = 4),
    ],
    [
      ['message 2: state is stored as absent and counted as queued'],
      (w) => (w.message.state.cells[2] = 0),
    ],
    [
      ['message 3: state is stored as queued and counted as absent'],
      (w) => (w.message.state.cells[3] = w.charts.message.states.queued),
    ],
    [
      [
        'description 7: count is stored as 0 and counted as 1',
        'description 7: queued is stored as 0 and counted as 1',
        'description 7: state is stored as absent and counted as in-flight',
        'message 3: first is stored as 7 and counted as 0',
      ],
      (w) => (w.message.first.cells[3] = 7),
    ],
    [
      [
        'description 2: count is stored as 3 and counted as 2',
        'description 2: queued is stored as 2 and counted as 1',
      ],
      (w) => (w.message.second.cells[1] = 0),
    ],
    [
      [
        'message 1: socket is stored as 3 and counted as 0',
        'message 1: place is stored as 1 and counted as 0',
        'message 1: first is stored as 1 and counted as 0',
        'message 1: second is stored as 2 and counted as 0',
        'message 1: state is stored as queued and counted as absent',
        'message 2: place is stored as 2 and counted as 1',
      ],
      (w) => (w.message.socket.cells[1] = 3),
    ],
    [
      ['attachment 1: state is stored as attached and counted as releasing'],
      (w) => (w.attachment.state.cells[1] = w.charts.attachment.states.attached),
    ],
    [
      ['attachment 2: state is stored as releasing and counted as attached'],
      (w) => (w.attachment.state.cells[2] = w.charts.attachment.states.releasing),
    ],
    [
      ['attachment 3: state is stored as absent and counted as attached'],
      (w) => (w.attachment.state.cells[3] = 0),
    ],
    [
      ['attachment 4: state is stored as releasing and counted as absent'],
      (w) => (w.attachment.state.cells[4] = w.charts.attachment.states.releasing),
    ],
    [
      [
        'attachment 4: state is stored as absent and counted as releasing',
        'object 2: refcnt is stored as 6 and counted as 7',
      ],
      (w) => (w.attachment.program.cells[4] = 2),
    ],
    [
      ['attachment 4: socket is stored as 1 and counted as 0'],
      (w) => (w.attachment.socket.cells[4] = 1),
    ],
    [
      ['attachment 3: state is stored as kept-by-peer and counted as releasing'],
      (w) => (w.attachment.socket.cells[3] = 0),
    ],
    [
      ['attachment 1: state is stored as releasing and counted as attached'],
      (w) => (w.attachment.socket.cells[1] = 1),
    ],
  ];

  it.each(wrong)('says so: %j', (sentences, spoil) => {
    const { w } = runOf('linux-6.1', crowdedBounds, crowd);
    expect(recount(w)).toEqual([]);
    spoil(w);
    expect(recount(w)).toEqual(sentences);
  });

  // It counts the places before a message's own, and so finds none of two messages at one place.
  it('tells that two messages lie at one place of a queue', () => {
    const { w } = runOf('linux-6.1', crowdedBounds, crowd);
    w.message.place.cells[2] = 1;
    expect(recount(w)).not.toEqual([]);
  });

  it('tells a table of descriptors that nobody uses', () => {
    const own = { ...crowdedBounds, sharedTables: 0 } as const;
    const { w } = runOf('linux-6.18', own, [`1 ${line.load}`]);
    expect(recount(w)).toEqual([]);
    w.descriptor.description.cells[8] = 1;
    w.descriptor.state.cells[8] = w.charts.descriptor.states.open;
    expect(recount(w)).toEqual([
      'descriptor 8: state is stored as open and counted as closed',
      'descriptor 8: description is stored as 1 and counted as 0',
      'description 1: count is stored as 1 and counted as 2',
    ]);
  });
});
