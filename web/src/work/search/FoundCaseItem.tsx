import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { nameIn, useTitle, useUnitName } from '../names';
import rowStyles from '../TaskRowItem.module.css';
import type { FoundCase } from './foundCases';

/** One case that was found: who, what, and where it stands. */
export function FoundCaseItem({ found: { case: one, about, tasks } }: { found: FoundCase }) {
  const { t } = useTranslation(['case', 'work']);
  const titleOf = useTitle();
  const unitName = useUnitName();
  const who = about?.name;
  return (
    <li className={rowStyles.row}>
      <Link to="/work/cases/$caseId" params={{ caseId: one.id }} className={rowStyles.name} data-content>
        {who ?? `${one.number} · ${titleOf(one.title)}`}
      </Link>
      <span className={rowStyles.facts}>
        {who && (
          <span data-content>
            {one.number} · {titleOf(one.title)}
          </span>
        )}
        {about?.isProtected && <strong>{t('search.protected')}</strong>}
        <span>{t(`work:case.statuses.${one.status as 'active'}`)}</span>
        <span data-content>{unitName(one.unit)}</span>
      </span>
      <span data-content>
        {tasks.length > 0
          ? t('search.tasks', { tasks: tasks.map((task) => nameIn(task)).join(' · ') })
          : t('search.noTask')}
      </span>
    </li>
  );
}
