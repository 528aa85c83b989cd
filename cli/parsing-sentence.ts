import { messageOf } from './bad-input.ts';

/** What commander says of a value that a reader of ours refused. */
const refusedOption = /^option '(--[a-z-]+)[^']*' argument '.*' is invalid\. (.*)$/;
const refusedArgument = /^command-argument value '.*' is invalid for argument '.*'\. (.*)$/;

/** One sentence for what commander found wrong on the command line, by its code and message. */
export function parsingSentence(code: string, message: string): string {
  if (code === 'commander.help') return 'no verb was given; see pinproof --help.';
  const text = messageOf(message.replace(/^error: /, ''));
  const [, option, why] = refusedOption.exec(text) ?? [];
  if (option !== undefined && why !== undefined) return `${option}: ${why}`;
  const [, reason] = refusedArgument.exec(text) ?? [];
  return reason ?? `${text.replace(/\.$/, '')}; see pinproof --help.`;
}
