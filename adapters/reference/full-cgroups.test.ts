import { expect, it } from 'vitest';
import { multi, startWithCgroup } from './attachments.test-data.ts';

it('a cgroup takes sixty-four programs and links, and says so behind its mode', () => {
  const { caller } = startWithCgroup();
  for (let k = 0; k < 63; k++) {
    const fd = caller.link(4, 3);
    // The link stays attached by its pin.
    if (k === 0) caller.mount('/a');
    expect(caller.pin(`/a/l${k}`, Number(fd))).toBe(0);
    caller.close(Number(fd));
  }
  expect(caller.attachTo(3, 4, multi)).toBe(0);
  expect(caller.link(4, 3)).toBe('E2BIG');
  expect(caller.attachTo(3, 4, multi)).toBe('E2BIG');
  expect(caller.attachTo(3, 4, 'none')).toBe('EPERM');
});
