/** A whole installation on this machine: its own database, its own port, stopped by its process id. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const DEMO_DATABASE = join(ROOT, 'web', 'e2e', 'results', 'demo.db');
// The checkout's own engine, whatever is installed besides.
const COMMAND = [join(ROOT, '.venv', 'bin', 'python'), '-m', 'engine.cli'] as const;
const READY_WITHIN_MS = 60_000;

export function stegvis(arguments_: string[], environment: Record<string, string>): void {
  const [program, ...first] = COMMAND;
  const done = spawnSync(program, [...first, ...arguments_], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`stegvis ${arguments_.join(' ')} failed:\n${done.stdout}\n${done.stderr}`);
}

/** How a server is started beside the usual: more arguments of `stegvis serve`, more of its environment. */
export interface Serving {
  arguments?: string[];
  environment?: Record<string, string>;
}

/** A running installation with the demonstration's people and cases, as they were made for this test run. */
export class Installation {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly serving: Serving,
    private server: ChildProcess,
  ) {}

  get address(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  static async start(serving: Serving = {}): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'stegvis-e2e-'));
    copyFileSync(DEMO_DATABASE, join(folder, 'stegvis.db'));
    const port = await freePort();
    const started = new Installation(folder, port, serving, serve(folder, port, serving));
    await started.ready();
    return started;
  }

  /** Does something from the command line with what the installation holds. */
  run(arguments_: string[]): void {
    stegvis(arguments_, { STEGVIS_DATABASE: join(this.folder, 'stegvis.db') });
  }

  /** Ends the server at once, as a power cut would. */
  async kill(): Promise<void> {
    await end(this.server, 'SIGKILL');
  }

  async restart(): Promise<void> {
    this.server = serve(this.folder, this.port, this.serving);
    await this.ready();
  }

  async stop(): Promise<void> {
    await end(this.server, 'SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS;
    while (Date.now() < until) {
      const answer = await fetch(`${this.address}/api/v1/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      if (this.server.exitCode !== null) throw new Error(`The server ended with ${String(this.server.exitCode)}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The server did not get ready.');
  }
}

function serve(folder: string, port: number, { arguments: more = [], environment }: Serving): ChildProcess {
  const own = {
    STEGVIS_DATABASE: join(folder, 'stegvis.db'),
    STEGVIS_FILES: join(folder, 'files'),
    STEGVIS_LOG_LEVEL: 'error',
  };
  const env = { ...process.env, ...own, ...environment, FORCE_COLOR: undefined };
  const [program, ...first] = COMMAND;
  return spawn(program, [...first, 'serve', '--host', '127.0.0.1', '--port', String(port), ...more], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
