import type { PreflightCheck } from './facts.ts';

export const namesResolve: PreflightCheck = ({ unresolved, door }) =>
  unresolved.length === 0
    ? []
    : [
        {
          level: 'warning',
          code: 'MACHINE_UNFIT',
          what: `${unresolved.join(', ')} ${unresolved.length === 1 ? 'has' : 'have'} no address on this machine`,
          why: 'people reach the stack by these names; its own containers know them without',
          next: `add them to your name service, or to /etc/hosts of every machine that shall reach the stack: \`${door} ${unresolved.join(' ')}\``,
        },
      ];
