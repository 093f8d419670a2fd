// An order while it is typed: small fields, joined to what the record reads.
import type { FormView, Frequency, Language, MedicineForm, MedicineRoute, OrderForm, TreatmentDuration } from '../../bindings/types';

export type Often = 'once' | 'day1' | 'day2' | 'day3' | 'day4' | 'bedtime' | 'hours' | 'days' | 'weekly' | 'monthly';
export const OFTEN: readonly Often[] = ['day1', 'day2', 'day3', 'day4', 'bedtime', 'hours', 'days', 'weekly', 'monthly', 'once'];

export interface Typed {
  medicine: string;
  strength: string;
  form: MedicineForm;
  route: MedicineRoute;
  doseNumber: string;
  doseUnit: string;
  often: Often;
  /** For `hours` and `days`. */
  every: string;
  longNumber: string;
  longUnit: TreatmentDuration['unit'] | 'open';
  quantityNumber: string;
  quantityUnit: string;
  repeats: string;
  needed: boolean;
  neededReason: string;
  hoursBetween: string;
  most: string;
  indication: string;
  instructions: string;
  substitution: boolean;
  language: Language;
}

export function begin(forms: readonly FormView[], language: Language): Typed {
  return {
    medicine: '', strength: '', ...shaped(forms, 'tablet'), doseNumber: '1', often: 'day1', every: '', longNumber: '', longUnit: 'days', quantityNumber: '', repeats: '0',
    needed: false, neededReason: '', hoursBetween: '', most: '', indication: '', instructions: '', substitution: true, language,
  };
}

/** What a form brings with it: its usual route and units. */
export function shaped(forms: readonly FormView[], form: MedicineForm): Pick<Typed, 'form' | 'route' | 'doseUnit' | 'quantityUnit'> {
  const view = forms.find((one) => one.form === form);
  return { form, route: view?.routes[0] ?? 'oral', doseUnit: view?.doses[0] ?? '', quantityUnit: view?.packed[0] ?? '' };
}

export function orderOf(typed: Typed): OrderForm {
  return {
    medicine: typed.medicine, strength: typed.strength, form: typed.form, route: typed.route, dose: joined(typed.doseNumber, typed.doseUnit), frequency: frequencyOf(typed),
    duration: typed.longUnit === 'open' || typed.often === 'once' ? null : { number: whole(typed.longNumber, 65_535), unit: typed.longUnit },
    quantity: joined(typed.quantityNumber, typed.quantityUnit), repeats: whole(typed.repeats, 255),
    as_needed: typed.needed ? { reason: typed.neededReason, hours_between: whole(typed.hoursBetween, 255), most_in_a_day: joined(typed.most, typed.doseUnit) } : null,
    indication: typed.indication, instructions: typed.instructions, substitution: typed.substitution, language: typed.language,
  };
}

function frequencyOf({ often, every }: Typed): Frequency {
  switch (often) {
    case 'once': return { kind: 'once' };
    case 'bedtime': return { kind: 'at_bedtime' };
    case 'weekly': return { kind: 'weekly' };
    case 'monthly': return { kind: 'monthly' };
    case 'hours': return { kind: 'every_hours', hours: whole(every, 255) };
    case 'days': return { kind: 'every_days', days: whole(every, 255) };
    default: return { kind: 'times_a_day', times: Number(often.slice(3)) };
  }
}

const joined = (number: string, unit: string) => (number.trim() === '' ? '' : `${number.trim()} ${unit}`);

/** What is no whole number in reach is 0, which the record refuses by the field's own rule. */
function whole(text: string, most: number): number {
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return number <= most ? number : 0;
}
