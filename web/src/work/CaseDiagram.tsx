import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '@/shared/diagram/DiagramViewer';
import { inLanguage } from '@/shared/diagram/inLanguage';
import { currentLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/ui/Loading';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { Select } from '@/shared/ui/Select';
import { readCaseView } from './caseFilter';
import { diagramQuery, type CaseDetail, type Running } from './cases';
import styles from './CaseDiagram.module.css';
import { nameIn } from './names';
import { callOf, isLoop } from './standing';

const DiagramViewer = lazy(async () => ({
  default: (await import('@/shared/diagram/DiagramViewer')).DiagramViewer,
}));
const route = getRouteApi('/shell/work/cases/$caseId');

/** The case on the diagram of its process, or of one that it calls now. */
export function CaseDiagram({ about }: { about: CaseDetail }) {
  const { t } = useTranslation('work');
  const { diagram = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { running } = about;
  const shown = running.find(({ path }) => path === diagram) ?? running[0];
  if (!shown) return null;
  function choose(path: string | undefined): void {
    void navigate({
      search: (before) => readCaseView({ ...before, diagram: path ?? '' }),
      replace: true,
      resetScroll: false,
    });
  }
  return (
    <section className={styles.diagram} aria-labelledby="diagram">
      <h2 id="diagram">{t('diagram.title')}</h2>
      {running.length > 1 && (
        <div className={styles.choice}>
          <Select
            label={t('diagram.choose')}
            value={shown.path}
            choices={running.map((one) => ({ value: one.path, text: nameIn(one) }))}
            onChoose={choose}
          />
        </div>
      )}
      <Drawn
        key={shown.path}
        about={about}
        shown={shown}
        onChoose={(element) => {
          const path = shown.path ? `${shown.path}.${element}` : element;
          if (running.some((one) => one.path === path)) choose(path);
        }}
      />
    </section>
  );
}

interface DrawnProps {
  about: CaseDetail;
  shown: Running;
  onChoose: (element: string) => void;
}

function Drawn({ about, shown, onChoose }: DrawnProps) {
  const { t } = useTranslation('work');
  const language = currentLanguage();
  const { data, error, refetch } = useQuery(diagramQuery(shown.process, shown.version));
  const xml = useMemo(() => data && inLanguage(data, language), [data, language]);
  const here = useMemo(() => stepsIn(about, shown), [about, shown]);
  const marks = useMemo(
    () => here.map(({ element, count }): Mark => ({ element, count, kind: 'current', text: t('diagram.here') })),
    [here, t],
  );
  const names = here.map((step) => nameIn(step)).join(', ');
  return (
    <>
      <p>
        {names ? t('diagram.steps') : t('diagram.noSteps')} <span data-content>{names}</span>
      </p>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {xml ? (
        <Suspense fallback={<Loading />}>
          <DiagramViewer
            xml={xml}
            label={t('diagram.label', { name: nameIn(shown), steps: names || '–' })}
            marks={marks}
            onSelect={onChoose}
          />
        </Suspense>
      ) : (
        !error && <Loading />
      )}
    </>
  );
}

/** The steps of one diagram where the case stands, each once. What is going on in an open sub-process stands inside it. */
function stepsIn({ positions }: CaseDetail, shown: Running) {
  const steps = new Map<string, { element: string; name: string; nameEn: string; count: number }>();
  for (const position of positions) {
    const { element, name, nameEn, kind } = position;
    if (callOf(position) !== shown.path || kind === 'boundaryEvent' || kind === 'subProcess') continue;
    if (isLoop(position, positions)) continue;
    const before = steps.get(element)?.count ?? 0;
    steps.set(element, { element, name, nameEn, count: before + 1 });
  }
  return [...steps.values()];
}
