// What is said in the invented consultations.
interface Line {
  who: 'doctor' | 'guest';
  text: { en: string; es: string; ar: string };
  /** A voice note of so many milliseconds. */
  sound?: number;
  fails?: boolean;
}

export const MACHINE: readonly { en: string; es: string; ar: string }[] = [
  { en: 'Since Tuesday, mostly at night. It gets worse when I lie down.', es: 'Desde el martes, sobre todo por la noche. Empeora cuando me acuesto.', ar: 'منذ الثلاثاء، وخاصة في الليل. يزداد سوءًا عندما أستلقي.' },
  { en: 'I will listen to your chest now. Breathe normally, please.', es: 'Ahora voy a escucharle el pecho. Respire con normalidad, por favor.', ar: 'سأستمع إلى صدرك الآن. تنفّس بشكل طبيعي من فضلك.' },
  { en: 'My sister has the same cough.', es: 'Mi hermana tiene la misma tos.', ar: 'أختي لديها السعال نفسه.' },
  { en: 'Here in the middle, when I cough.', es: 'Aquí en el medio, cuando toso.', ar: 'هنا في الوسط عندما أسعل.' },
];

/** What the invented machine gets wrong, and what the guard finds in it. */
export const DOUBTED = {
  en: 'Take 50 mg twice a day, and not with alcohol.', es: 'Tome 500 mg dos veces al día, con alcohol.', ar: 'خذ 500 ملغ مرتين في اليوم مع الكحول.',
  back: 'Take 500 mg twice a day, with alcohol.',
  findings: [{ kind: 'dose', source: '50 mg', target: '500 mg' }, { kind: 'negation', source: 'not', target: '' }],
};

/** What is heard in a voice note, piece by piece. */
export const HEARD: Record<'en' | 'es' | 'ar', readonly [string, string, string]> = {
  en: ['I take the tablets in the morning.', 'Fifteen milligrams, I think.', 'Since then I sleep better.'],
  es: ['Tomo las pastillas por la mañana.', 'Quince miligramos, creo.', 'Desde entonces duermo mejor.'],
  ar: ['آخذ الأقراص في الصباح.', 'خمسة عشر ملّيغرامًا على ما أظن.', 'منذ ذلك الحين أنام أفضل.'],
};

const machine = (index: number) => MACHINE[index] ?? { en: '', es: '', ar: '' };

export const LINES: readonly Line[] = [
  { who: 'doctor', text: { en: 'Hello, I am your doctor today.', es: 'Hola, hoy soy su médico.', ar: 'مرحبًا، أنا طبيبك اليوم.' } },
  { who: 'doctor', text: { en: 'Where does it hurt?', es: '¿Dónde le duele?', ar: 'أين الألم؟' } },
  { who: 'guest', text: machine(3) },
  { who: 'guest', text: machine(0) },
  { who: 'doctor', text: { en: 'Are you short of breath?', es: '¿Le falta el aire?', ar: 'هل تشعر بضيق في التنفس؟' } },
  { who: 'guest', text: { en: 'no-words', es: 'Un poquitín al subir la cuesta de mi casa, vecina.', ar: 'قليلًا عند صعود الدرج.' }, fails: true },
  { who: 'guest', text: { en: '', es: '', ar: '' }, sound: 9_400 },
  { who: 'doctor', text: machine(1) },
];
