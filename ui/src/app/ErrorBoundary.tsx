import { Component, type ErrorInfo, type ReactNode } from 'react';

import { Problem } from '../shared/ui';
import { asFailure } from '../host';
import styles from './App.module.css';

/** A defect in a screen shows a sentence, never a blank window. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    // The stack names components, not people.
    console.error(error.name, info.componentStack);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <main className={styles.alone}><Problem error={asFailure(undefined)} retry={() => this.setState({ failed: false })} /></main>;
  }
}
