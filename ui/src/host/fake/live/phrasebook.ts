// A few phrases in three languages. They are invented for the screens: the real phrasebook is assets/phrasebook.
import type { Language, PhraseUse, Provenance } from '../../../bindings/types';

export interface FakePhrase {
  key: string;
  situation: string;
  kind: string;
  who: 'doctor' | 'patient' | 'both';
  text: { en: string; es: string; ar: string };
  verified: readonly Language[];
  slots?: Record<string, string>;
}

export const SITUATIONS: readonly { key: string; title: { en: string; es: string; ar: string } }[] = [
  { key: 'greeting', title: { en: 'Greeting', es: 'Saludo', ar: 'تحية' } },
  { key: 'pain', title: { en: 'Pain', es: 'Dolor', ar: 'ألم' } },
  { key: 'breathing', title: { en: 'Breathing', es: 'Respiración', ar: 'تنفس' } },
  { key: 'medicines', title: { en: 'Medicines', es: 'Medicinas', ar: 'أدوية' } },
  { key: 'consent', title: { en: 'Consent', es: 'Consentimiento', ar: 'موافقة' } },
];

/** Kind of a slot → its values. */
export const SLOTS: Readonly<Record<string, readonly { key: string; en: string; es: string; ar: string }[]>> = {
  part: [
    { key: 'chest', en: 'chest', es: 'pecho', ar: 'الصدر' }, { key: 'head', en: 'head', es: 'cabeza', ar: 'الرأس' },
    { key: 'belly', en: 'belly', es: 'vientre', ar: 'البطن' }, { key: 'back', en: 'back', es: 'espalda', ar: 'الظهر' },
  ],
  period: [{ key: 'hours', en: 'hours', es: 'horas', ar: 'ساعات' }, { key: 'days', en: 'days', es: 'días', ar: 'أيام' }, { key: 'weeks', en: 'weeks', es: 'semanas', ar: 'أسابيع' }],
};

const phrase = (key: string, kind: string, en: string, es: string, ar: string, verified: readonly Language[] = [], slots?: Record<string, string>): FakePhrase => ({
  key, kind, who: kind === 'answer' ? 'patient' : kind === 'greeting' ? 'both' : 'doctor', situation: key.split('-')[0] ?? '', text: { en, es, ar }, verified, ...(slots === undefined ? {} : { slots }),
});

export const PHRASES: readonly FakePhrase[] = [
  phrase('greeting-hello', 'greeting', 'Hello, I am your doctor today.', 'Hola, hoy soy su médico.', 'مرحبًا، أنا طبيبك اليوم.', ['es']),
  phrase('greeting-hear', 'question', 'Can you hear me well?', '¿Me oye bien?', 'هل تسمعني جيدًا؟'),
  phrase('greeting-slow', 'instruction', 'Please speak slowly.', 'Hable despacio, por favor.', 'تكلّم ببطء من فضلك.', ['es', 'ar']),
  phrase('pain-where', 'question', 'Where does it hurt?', '¿Dónde le duele?', 'أين الألم؟', ['es', 'ar']),
  phrase('pain-part', 'question', 'Does it hurt here: {part}?', '¿Le duele aquí: {part}?', 'هل يؤلمك هنا: {part}؟', ['es'], { part: 'part' }),
  phrase('pain-scale', 'question', 'Pain from 0 to 10: {n}', 'Dolor de 0 a 10: {n}', 'الألم من 0 إلى 10: {n}', [], { n: 'number' }),
  phrase('pain-since', 'question', 'Duration: {n} {period}', 'Duración: {n} {period}', 'المدة: {n} {period}', ['es'], { n: 'number', period: 'period' }),
  phrase('breathing-deep', 'instruction', 'Take a deep breath and hold it.', 'Respire hondo y aguante la respiración.', 'خذ نفسًا عميقًا واحبسه.', ['es']),
  phrase('breathing-short', 'question', 'Are you short of breath?', '¿Le falta el aire?', 'هل تشعر بضيق في التنفس؟', ['es', 'ar']),
  phrase('breathing-cough', 'question', 'Do you cough up blood?', '¿Tose con sangre?', 'هل تسعل دمًا؟'),
  phrase('medicines-allergy', 'question', 'Are you allergic to any medicine?', '¿Es alérgico a algún medicamento?', 'هل لديك حساسية من أي دواء؟', ['es', 'ar']),
  phrase('pain-here', 'answer', 'It hurts here.', 'Me duele aquí.', 'يؤلمني هنا.', ['es']),
  phrase('pain-no', 'answer', 'I have no pain.', 'No tengo dolor.', 'لا أشعر بألم.'),
  phrase('breathing-hard', 'answer', 'I find it hard to breathe.', 'Me cuesta respirar.', 'أجد صعوبة في التنفس.'),
  phrase('medicines-none', 'answer', 'I take no medicines.', 'No tomo medicamentos.', 'لا أتناول أي أدوية.'),
  phrase('medicines-daily', 'instruction', 'Take {n} tablets a day.', 'Tome {n} comprimidos al día.', 'تناول {n} أقراص يوميًا.', [], { n: 'number' }),
  phrase('consent-examine', 'consent', 'May I examine you?', '¿Puedo examinarle?', 'هل يمكنني فحصك؟', ['es']),
];

export const textOf = (text: { en: string; es: string; ar: string }, language: Language) => (language === 'es' || language === 'ar' ? text[language] : text.en);

/** A phrase with its slots filled. */
export function filled({ text, slots = {} }: FakePhrase, use: PhraseUse['slots'], language: Language): string {
  return textOf(text, language).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = use[name];
    if (value === undefined) return whole;
    const known = SLOTS[slots[name] ?? '']?.find(({ key }) => key === value);
    return known === undefined ? value : textOf(known, language);
  });
}

export const provenanceOf = ({ verified }: FakePhrase, language: Language): Provenance => (verified.includes(language) ? 'verified_phrase' : 'unreviewed_phrase');
