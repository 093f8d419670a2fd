// What comes with the window: whether the assistant is open. The panel itself is fetched when it is first asked for.
export { useAssistant, openAssistant, toggleAssistant } from './open';
