import type { TerminalWay } from '../core/connection.ts';
import { agents } from './list.ts';

/** An agent that reads its base URL from the environment, so that a terminal can point it at the relay. */
export interface TerminalRoute extends TerminalWay {
  readonly agentId: string;
  readonly agentName: string;
  readonly variable: string;
}

/** Those agents whose connection names a variable and what terminals can offer by it. */
export const TERMINAL_ROUTES: readonly TerminalRoute[] = agents.flatMap(({ id, name, connection }) =>
  connection?.variable === undefined || connection.terminal === undefined
    ? []
    : [{ agentId: id, agentName: name, variable: connection.variable, ...connection.terminal }],
);
