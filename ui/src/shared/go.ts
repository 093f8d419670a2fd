// Going places. One hook, so that features need not know the router's addresses.
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';

export function useGo() {
  const navigate = useNavigate();
  const router = useRouter();
  return useMemo(() => ({
    to: (path: string) => void navigate({ to: path }),
    chart: (patientId: string) => void navigate({ to: `/patients/${patientId}` }),
    scan: (scanId: string) => void navigate({ to: `/scans/${scanId}` }),
    worklist: () => void navigate({ to: '/worklist' }),
    back: () => router.history.back(),
  }), [navigate, router]);
}
