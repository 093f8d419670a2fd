// Whole texts to begin with. A template fills what is empty and never takes a word away.
import { LayoutTemplate } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportContent, ReportView, TemplateView } from '../../bindings/types';
import { useView } from '../../host/query';
import { useAction } from '../../shared/keys';
import { announce, Button, Menu } from '../../shared/ui';
import { SECTIONS } from '../sections';

interface TemplatesProps {
  report: ReportView;
  content: ReportContent;
  onChange: (part: Partial<ReportContent>) => void;
}

export function Templates({ report, content, onChange }: TemplatesProps) {
  const { t } = useTranslation('reports');
  const button = useRef<HTMLButtonElement>(null);
  const templates = useView('reports.templates', { modality: report.modality }, { keep: true });
  // The menu opens on the pointer's press, not on its click.
  useAction('reports.template', () => {
    button.current?.focus();
    button.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }, (templates.data?.length ?? 0) > 0);
  const fill = (template: TemplateView) => {
    const text = { ...content.text };
    const filled = SECTIONS.filter((section) => text[section].trim() === '' && template.text[section] !== '');
    for (const section of filled) text[section] = template.text[section];
    onChange({ text, ...(content.title.trim() === '' ? { title: template.title } : {}) });
    announce(t('template.filled', { count: filled.length }));
  };
  return (
    <Menu
      trigger={<Button ref={button} kind="quiet" icon={LayoutTemplate} action="reports.template" disabled={(templates.data?.length ?? 0) === 0}>{t('template.open')}</Button>}
      items={(templates.data ?? []).map((template) => ({ label: template.name, onSelect: () => fill(template) }))}
    />
  );
}
