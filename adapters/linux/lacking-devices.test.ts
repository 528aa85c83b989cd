/** What a machine without cgroup2, or without network namespaces for us, still lets the adapter do. */
import { describe, expect, it, type TestContext } from 'vitest';
import { probeLinux } from './index.ts';
import { wantSentence } from './permission.ts';
import { standingOf } from './standing.test-data.ts';
import { by, cgroupSetup, outcomes, withLinux } from './session.test-data.ts';
import {
  addFilter,
  attachTo,
  directory,
  link,
  loadOf,
  place,
  removeDirectory,
} from './short-calls.test-data.ts';
import { mountWithout, withWrapper } from './wrapped-agent.test-data.ts';

const withoutCgroups = mountWithout('cgroup2');

const withoutNetwork = `
  #include <sched.h>
  int __real_unshare(int);
  int __wrap_unshare(int flags) {
    if (flags == CLONE_NEWNET) {
      errno = ENOSPC;
      return -1;
    }
    return __real_unshare(flags);
  }`;

const noCgroups = 'This kernel has no cgroup2: one built with CONFIG_CGROUPS is needed.';
const noNetwork =
  'This machine permits no further network namespace: raise the sysctl user.max_net_namespaces.';

describe('without cgroup2', () => {
  it('the calls that attach are lacking, and cgroups are plain directories', (context: TestContext) =>
    withWrapper('mount', withoutCgroups, async (options) => {
      const permission = await probeLinux(options);
      if (!permission.permitted || permission.lacks.execve !== undefined) {
        context.skip('this machine lacks more');
      }
      const lacks = {
        BPF_PROG_ATTACH: noCgroups,
        BPF_PROG_DETACH: noCgroups,
        BPF_LINK_CREATE: noCgroups,
      };
      expect(permission.lacks).toEqual(lacks);
      await withLinux(
        context,
        async (adapter) => {
          expect(adapter.hello.lacks).toEqual(lacks);
          expect(adapter.hello.calls).not.toContain('BPF_LINK_CREATE');
          expect(adapter.hello.calls).toContain('RTM_NEWTFILTER');
          for (const watch of [[], ['/cgroup/a']]) {
            await adapter.reset({ ...cgroupSetup, watch });
            const answers = await adapter.play(
              by(
                1,
                directory('/cgroup/a'),
                loadOf('CGROUP_SKB'),
                ...[attachTo(3, 4), link(4, 3), removeDirectory('/cgroup/a'), place('/cgroup/a')],
              ),
              'last',
            );
            expect(outcomes(answers)).toEqual([3, 4, 'EBADF', 'EBADF', 0, 'ENOENT']);
          }
        },
        options,
      );
    }));
});

describe('without network namespaces', () => {
  it('the calls of tc are lacking, and all else is as ever', (context: TestContext) =>
    withWrapper('unshare', withoutNetwork, async (options) => {
      const permission = await probeLinux(options);
      if (!permission.permitted || permission.lacks.BPF_LINK_CREATE !== undefined) {
        context.skip('this machine lacks more');
      }
      expect(permission.lacks).toMatchObject({
        RTM_NEWTFILTER: noNetwork,
        RTM_DELTFILTER: noNetwork,
        RTM_DELQDISC: noNetwork,
      });
      await withLinux(
        context,
        async (adapter) => {
          await adapter.reset(cgroupSetup);
          const steps = by(1, directory('/cgroup/a'), loadOf('CGROUP_SKB'), link(4, 3));
          expect(outcomes(await adapter.play(steps, 'none'))).toEqual([3, 4, 5]);
          // The machine's own network is out of reach even for who does not ask what is lacking.
          await expect(
            adapter.play(by(1, loadOf('SCHED_CLS'), addFilter('ingress', 6)), 'none'),
          ).rejects.toThrow(/has no network of its own/);
        },
        options,
      );
    }));
});

describe('what is lacking', () => {
  const root = standingOf({ capabilities: undefined });
  for (const [what, stage, errno, sentence] of [
    ['network', 'netns', 1, /make a network namespace \(CAP_SYS_ADMIN\).*sudo.*--privileged/],
    ['network', 'netns', 22, /no network namespaces.*CONFIG_NET_NS/],
    ['network', 'netns', 28, /raise the sysctl user.max_net_namespaces/],
    ['network', 'clsact', 1, /clsact.*CAP_NET_ADMIN.*sudo/],
    ['network', 'clsact', 2, /CONFIG_NET_SCH_INGRESS.*modprobe sch_ingress/],
    ['network', 'program', 1, /CAP_NET_ADMIN.*sudo/],
    ['network', 'filter', 2, /CONFIG_NET_CLS_BPF.*modprobe cls_bpf/],
    ['cgroups', 'cgroup2', 1, /mount the hierarchy of cgroup2 \(CAP_SYS_ADMIN\).*sudo/],
    ['cgroups', 'cgroup2', 19, /CONFIG_CGROUPS/],
    ['cgroups', 'cgroup', 11, /cgroup.max.descendants/],
    ['cgroups', 'cgroup', 13, /Nobody but root with its capability CAP_DAC_OVERRIDE .*sudo/],
    ['cgroups', 'mark', 1, /mark a cgroup.*CAP_SYS_ADMIN.*sudo/],
    ['cgroups', 'program', 22, /CONFIG_CGROUP_BPF/],
    ['cgroups', 'attach', 22, /CONFIG_CGROUP_BPF/],
    ['cgroups', 'attach', 1, /CAP_NET_ADMIN.*sudo/],
    ['cgroups', 'limit', 2, /no cgroup.max.descendants: one since 4.14/],
    ['cgroups', 'limit', 13, /refused to limit how many cgroups there are .*: error 13/],
    ['cgroups', 'reaper', 11, /refused to start a process that removes cgroups later: error 11/],
    ['cgroups', 'bind', 5, /refused to bind a directory .* private mount namespace .*: error 5/],
    ['cgroups', 'bind', 1, /bind a directory of cgroups .*CAP_SYS_ADMIN.*sudo/],
    ['cgroups', 'something', 5, /refused to cgroups something: error 5/],
  ] as const) {
    it(`is one sentence: ${what}, ${stage}, error ${errno}`, () => {
      const said = wantSentence({ what, stage, errno }, root);
      expect(said).toMatch(sentence);
      expect(said).toMatch(/^[A-Z].*\.$/);
    });
  }
});
