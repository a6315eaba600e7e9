import { api, ask } from '@/api/client';
import type { components } from '@/api/schema';
import type { Mark } from '@/shared/diagram/DiagramViewer';

export type Report = components['schemas']['ScenarioReportView'];
export type Scenario = components['schemas']['ScenarioView'];
export type Coverage = components['schemas']['CoverageView'];
export type Part = components['schemas']['CoveredPartView'];

export function runVersionScenarios(key: string, version: number): Promise<Report> {
  return ask(
    api.POST('/api/v1/definitions/{process_key}/versions/{number}/scenarios', {
      params: { path: { process_key: key, number: version } },
    }),
  );
}

/** How often each element and flow of a process was passed, in one scenario or in all of them. */
export function timesIn(scenarios: readonly Scenario[], process: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const passed of scenarios.flatMap(({ trail }) => trail).filter((one) => one.process === process))
    for (const [id, count] of Object.entries(passed.times)) times.set(id, (times.get(id) ?? 0) + count);
  return times;
}

/** The diagram's marks: a tick and how often, or a nought. */
export function marksOf(parts: readonly Part[], times: ReadonlyMap<string, number>, words: Words): Mark[] {
  return parts.map(({ id }): Mark => {
    const count = times.get(id);
    return count === undefined
      ? { element: id, kind: 'missed', text: words.missed }
      : { element: id, kind: 'done', text: words.passed(count), count };
  });
}

export interface Words {
  missed: string;
  passed: (count: number) => string;
}

/** The scenarios that pass something, by their numbers from 1. */
export function passing(scenarios: readonly Scenario[], process: string, id: string): number[] {
  return scenarios.flatMap(({ trail }, index) =>
    trail.some((one) => one.process === process && id in one.times) ? [index + 1] : [],
  );
}

export const FOLDER = 'scenarios/';

/** The path of a new scenario with this name; undefined where the name is none that a file can have. */
export function pathOf(name: string): string | undefined {
  const plain = name.trim();
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(plain) ? `${FOLDER}${plain}.yaml` : undefined;
}
