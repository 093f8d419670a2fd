// The pages as the typesetter makes them. What is on the screen stays until the next are drawn: nothing flickers while one types.
import { useEffect, useState } from 'react';

import { imageUrl, type Failure } from '../../host';
import { useView } from '../../host/query';
import { useSession } from '../../shared/session-store';

export interface Pages {
  readonly urls: readonly string[];
  /** Names what these pages say; what is signed must be that. */
  readonly stamp: string | null;
  readonly error: Failure | null;
  /** Newer ones are on their way. */
  readonly behind: boolean;
  readonly retry: () => void;
}

const NONE = { urls: [], stamp: null };

/** `mark` changes with the text: then the pages are asked for anew. */
export function usePagesOf(reportId: string, revision: number | null, mark: string): Pages {
  const grant = useSession((session) => session.grant);
  const preview = useView('reports.preview', { report_id: reportId, revision }, { keep: true });
  const [drawn, setDrawn] = useState<Pick<Pages, 'urls' | 'stamp'>>(NONE);
  const { data, refetch } = preview;
  useEffect(() => void refetch(), [refetch, mark]);
  useEffect(() => {
    if (data === undefined) return undefined;
    let left = false;
    const next = Array.from({ length: data.pages }, (_, n) => imageUrl(`page/${grant}/${reportId}/${data.stamp}/${n}`));
    // A page that cannot be drawn is shown as such by its own picture.
    void Promise.allSettled(next.map((url) => Object.assign(new Image(), { src: url }).decode())).then(() => !left && setDrawn({ urls: next, stamp: data.stamp }));
    return () => {
      left = true;
    };
  }, [data, grant, reportId]);
  return { ...drawn, error: preview.error, behind: preview.isFetching || drawn.stamp !== data?.stamp, retry: () => void refetch() };
}
