// Dialogs that any screen may ask for and the frame shows.
import { create } from 'zustand';

type Shown = { kind: 'none' } | { kind: 'model-card'; modelId: string } | { kind: 'about' } | { kind: 'keys' } | { kind: 'palette' } | { kind: 'password' } | { kind: 'invite' };

export const dialogStore = create<{ shown: Shown }>(() => ({ shown: { kind: 'none' } }));

export const openDialog = (shown: Shown) => dialogStore.setState({ shown });
export const closeDialog = () => openDialog({ kind: 'none' });
export const openModelCard = (modelId: string) => openDialog({ kind: 'model-card', modelId });
