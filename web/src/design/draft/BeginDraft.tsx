import '../texts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from '@/shared/ui/Button';
import { ProblemNotice } from '@/shared/ui/ProblemNotice';
import { createDraft } from '../drafts';

interface Props {
  processKey: string;
  version: number;
  name: string;
  busy?: boolean;
}

/** Begins a draft of what is live, and goes there. */
export function BeginDraft({ processKey, version, name, busy = false }: Props) {
  const { t } = useTranslation('design');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: () => createDraft({ key: processKey, version }),
    onSuccess: ({ draft }) => {
      void queries.invalidateQueries({ queryKey: ['design', 'drafts'] });
      return navigate({ to: '/design/drafts/$draftId', params: { draftId: draft.id } });
    },
  });
  return (
    <>
      <Button
        busy={busy || begin.isPending}
        aria-label={t('packages.beginOf', { name })}
        data-content
        onClick={() => {
          begin.mutate();
        }}
      >
        {t('packages.begin')}
      </Button>
      {begin.error && <ProblemNotice error={begin.error} />}
    </>
  );
}
