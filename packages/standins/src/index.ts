/** What all stand-ins share. Each server has an entry of its own (`@chatops-up/standins/gitlab`), so that it loads alone. */
export { createFaults, type FaultRule, type Faults } from './kit/faults.ts';
export { createLedger, type Ledger, type LedgerEntry, type RequestKind } from './kit/ledger.ts';
export { createSimulatedTime, type SimulatedTime } from './kit/simulated-time.ts';
export type { RunningServer, ServerContext, ServerFactory } from './standin.ts';
export { StandinError, type StandinErrorCode, type StandinErrorFacts } from './standin-error.ts';
