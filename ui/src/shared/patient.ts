// Whose data is on the screen. The frame's banner shows it; a screen puts it up while it is mounted.
import { useEffect } from 'react';
import { create } from 'zustand';

import type { PatientView } from '../bindings/types';

export const patientOnScreen = create<{ patient: PatientView | null }>(() => ({ patient: null }));

/** Puts the banner up for this patient until the screen goes away. */
export function usePatientOnScreen(patient: PatientView | null | undefined): void {
  useEffect(() => {
    patientOnScreen.setState({ patient: patient ?? null });
    return () => patientOnScreen.setState({ patient: null });
  }, [patient]);
}
