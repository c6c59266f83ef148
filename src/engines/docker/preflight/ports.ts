import type { PreflightCheck } from './facts.ts';

const reason = (code: string): string => {
  if (code === 'EADDRINUSE') return 'another program listens on it';
  return code === 'EACCES' ? 'ports below 1024 need root' : code;
};

export const portsAreFree: PreflightCheck = ({ takenPorts }) =>
  takenPorts.map(({ port, service, code }) => ({
    level: 'refusal',
    code: 'PORT_TAKEN',
    what: `port ${port} for ${service} cannot be opened`,
    why: reason(code),
    next: `end that program, or set another port under \`ports:\` in chatops.yaml (\`ss -ltnp 'sport = :${port}'\` names it)`,
  }));
