/**
 * One check of the running kernel in this process, which keeps what it asks of the agent. Arguments: runs,
 * seed, and the file for these requests, as a plan that the agent plays alone.
 */
import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { readyAgent } from '../adapters/linux/agent-binary.ts';
import { linuxAdapter } from '../adapters/linux/adapter.ts';
import { probeLinux } from '../adapters/linux/index.ts';
import { Supervisor } from '../adapters/linux/supervisor.ts';
import { check, specify } from '../conformance/index.ts';

const [runs = 0, seed = 0] = process.argv.slice(2, 4).map(Number);
const [file = ''] = process.argv.slice(4);

function planOf(requests: readonly string[]): string {
  let run = 0;
  const lines = requests.flatMap((line) =>
    line.startsWith('reset ') ? [`run ${++run}`, line] : [line],
  );
  const body = ['{}', ...lines, ''].join('\n');
  return `pinproof-plan/1 ${run} ${crc32(body).toString(16).padStart(8, '0')}\n${body}`;
}

const permission = await probeLinux();
const agent = await readyAgent({});
if (!permission.permitted) throw new Error(permission.reason);
if ('missing' in agent) throw new Error(agent.missing);
const supervisor = new Supervisor(agent.binary, { callMs: 5000, messageMs: 10_000 });
const requests: string[] = [];
const ask = supervisor.ask.bind(supervisor);
supervisor.ask = (lines) => {
  requests.push(...lines);
  return ask(lines);
};
const adapter = linuxAdapter(supervisor, permission);
const start = performance.now();
const cpu = process.cpuUsage();
const { verdict, compared } = await check(adapter, specify('linux-6.18'), {
  ...{ runs, seed, length: 20, phase: 'random' },
});
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - start) / 1000;
await adapter.close();
writeFileSync(file, planOf(requests));
console.log(JSON.stringify({ verdict, compared, seconds, cpuSeconds: (user + system) / 1e6 }));
