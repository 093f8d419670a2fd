export { Settings } from './Settings';
export { InviteDialog } from './access/InviteDialog';
export { Access, InviteButton } from './access/Access';
