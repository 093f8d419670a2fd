// Made by `cargo xtask bindings` from the command table; do not edit.

/**
 * Who looked at a record.
 */
export type AccessRow = { 
/**
 * When.
 */
at: string, 
/**
 * Shown name of the person.
 */
who: string, 
/**
 * Role.
 */
role: Role, 
/**
 * The verb, e.g. `scan.open`.
 */
verb: string, 
/**
 * It was under an emergency access to a restricted record.
 */
broke_glass: boolean, };

/**
 * Accounts of a role.
 */
export type AccountCountView = { 
/**
 * Role.
 */
role: Role, 
/**
 * May sign in.
 */
enabled: number, 
/**
 * May not.
 */
disabled: number, 
/**
 * Removed.
 */
removed: number, };

/**
 * Names an account.
 */
export type AccountRequest = { 
/**
 * Whose.
 */
id: string, };

/**
 * How a person's access stands, beside what `users.list` says.
 */
export type AccountStateView = { 
/**
 * Who.
 */
user_id: string, 
/**
 * Invited until then, and not joined yet.
 */
invited_until: string | null, 
/**
 * Where the invitation can be sent.
 */
invited_email: string | null, 
/**
 * Locked out after too many wrong passwords or codes.
 */
locked_out: boolean, 
/**
 * What they show beside the password.
 */
second_factor: SecondFactor | null, };

/**
 * Adds something to a final report, signed at once.
 */
export type AddendReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * What.
 */
text: string, 
/**
 * The doctor's password, again.
 */
password: string, 
/**
 * At least two different ones.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * Something added after the report was final.
 */
export type AddendumView = { 
/**
 * `appended`, `amended` or `entered_in_error`.
 */
kind: ReportState, 
/**
 * Why.
 */
reason: string, 
/**
 * What.
 */
text: string, 
/**
 * Shown name of who signed it.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * What an administrator begins the day with.
 */
export type AdministratorHome = { 
/**
 * Emergency accesses to review.
 */
reviews: number, 
/**
 * Of these: late.
 */
reviews_overdue: number, 
/**
 * Scans that wait for a doctor's verdict.
 */
waiting: number, 
/**
 * The longest, since.
 */
waiting_since: string | null, 
/**
 * Acts that were refused since `since`.
 */
refused: number, 
/**
 * Acts that failed since then.
 */
failed: number, 
/**
 * Seven days ago.
 */
since: string, 
/**
 * Accounts that may sign in.
 */
people: number, 
/**
 * People who are signed in on this workstation now.
 */
signed_in: number, 
/**
 * Scans of the last 30 days.
 */
scans: Array<BucketView>, 
/**
 * From import to final report in the last 30 days.
 */
turnaround: TurnaroundView, };

/**
 * How often clinicians agreed with one version of a model.
 */
export type AgreementRow = { 
/**
 * Pack.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * SHA-256 of the model file, hex.
 */
sha256: string, 
/**
 * Verdicts given.
 */
verdicts: number, 
/**
 * Of which agreed.
 */
agreed: number, 
/**
 * 95 % interval of the share, lower end (Wilson 1927).
 */
low: number, 
/**
 * Upper end.
 */
high: number, 
/**
 * Readings in all.
 */
readings: number, 
/**
 * Of which not assessed.
 */
not_assessed: number, };

/**
 * What is known of allergies; absence is never shown as none.
 */
export type Allergies = { "state": "not_asked" } | { "state": "none_known" } | { "state": "known", 
/**
 * At least one.
 */
items: Array<Allergy>, };

/**
 * A recorded allergy.
 */
export type Allergy = { 
/**
 * Substance.
 */
substance: string, 
/**
 * Reaction.
 */
reaction: string, 
/**
 * Severity.
 */
severity: Severity, };

/**
 * What a model said.
 */
export type Answer = { "kind": "assessed", 
/**
 * In the card's order; `map/<grant>/<reading>/<index>` is the map of each. Empty where a picture was
 * outlined and its series not measured.
 */
classes: Array<ClassView>, 
/**
 * Rows of the map's grid; 0 for a measuring model, which has none.
 */
grid_rows: number, 
/**
 * Columns of the map's grid.
 */
grid_columns: number, 
/**
 * 0–1; none without classes.
 */
urgency: number | null, 
/**
 * Of a measuring model.
 */
measured: MeasuredView | null, } | { "kind": "not_assessed", 
/**
 * Key of the reason (`not-assessed.<reason>`).
 */
reason: string, };

/**
 * Answers the pharmacist.
 */
export type AnswerPharmacistRequest = { 
/**
 * Made by the screen, so that it is done once.
 */
fact_id: string, 
/**
 * Which prescription.
 */
prescription_id: string, 
/**
 * How many facts were on the screen.
 */
over: number, 
/**
 * The answer.
 */
answer: string, };

/**
 * Approves a phrase in a language.
 */
export type ApproveRequest = { 
/**
 * Its key.
 */
phrase: string, 
/**
 * Which language.
 */
language: Language, 
/**
 * The hash of what was shown.
 */
hash: string, };

/**
 * How large a part is on the picture.
 */
export type AreaView = { 
/**
 * Key of the part.
 */
part: string, 
/**
 * In pixels of the stored picture.
 */
pixels: number, 
/**
 * In square millimetres, where the header gives the spacing.
 */
square_mm: number | null, };

/**
 * When and how much at most, as it is typed.
 */
export type AsNeededForm = { 
/**
 * For what.
 */
reason: string, 
/**
 * Hours between two doses at least.
 */
hours_between: number, 
/**
 * At most in 24 hours, e.g. `4 tablets`.
 */
most_in_a_day: string, };

/**
 * When and how much at most.
 */
export type AsNeededView = { 
/**
 * For what.
 */
reason: string, 
/**
 * Hours between two doses at least.
 */
hours_between: number, 
/**
 * At most in 24 hours.
 */
most_in_a_day: CountedView, };

/**
 * Sends a prescription back to its doctor.
 */
export type AskPrescriberRequest = { 
/**
 * Made by the screen, so that it is done once.
 */
fact_id: string, 
/**
 * Which prescription.
 */
prescription_id: string, 
/**
 * How many facts were on the screen.
 */
over: number, 
/**
 * What is to be cleared.
 */
question: string, };

/**
 * Says whose a waiting file is.
 */
export type AssignRequest = { 
/**
 * The import.
 */
job: string, 
/**
 * Items to decide at once, by index.
 */
items: Array<number>, 
/**
 * Whose they are.
 */
to: Assignment, };

/**
 * Whose a waiting file is.
 */
export type Assignment = { "kind": "patient", 
/**
 * Who.
 */
id: string, } | { "kind": "new_patient", 
/**
 * Who.
 */
details: PatientDetails, } | { "kind": "discard" };

/**
 * What was found. Where an engine writes, `assist.answer` tells the rest.
 */
export type AssistAnswerView = { 
/**
 * Of which question.
 */
job: string, 
/**
 * The passages by their numbers: the first is 1. The nearest come first.
 */
sources: Array<PassageView>, 
/**
 * So many of them have words of the question; the rest was given to the engine besides.
 */
found: number, 
/**
 * Pieces that speak to a machine: an engine does not get them.
 */
kept_back: Array<PassageView>, 
/**
 * Pieces that were looked through.
 */
read: number, 
/**
 * Whether that was all there is.
 */
read_all: boolean, 
/**
 * The engine that writes now; none: the passages are the answer.
 */
writing: string | null, 
/**
 * Why no engine was asked, where the question is none for an engine.
 */
refused: AssistRefused | null, 
/**
 * The answer goes with "ask your doctor".
 */
ask_your_doctor: boolean, };

/**
 * A question about one patient's record.
 */
export type AssistChartRequest = { 
/**
 * Whose.
 */
patient_id: string, 
/**
 * Names the answer.
 */
job: string, 
/**
 * 1–1,000 characters.
 */
question: string, 
/**
 * The person was told what leaves the machine and wants the engine to answer.
 */
with_engine: boolean, };

/**
 * Why a statement is withheld.
 */
export type AssistDoubt = "uncited" | "unknown" | "number" | "drug" | "side" | "negation" | "unrelated" | "advice";

/**
 * Who would write an answer.
 */
export type AssistEngineView = { 
/**
 * The model.
 */
name: string, 
/**
 * Where a question would go: the server's name.
 */
host: string, };

/**
 * How far an answer has come. Each one holds all that came before.
 */
export type AssistEvent = { 
/**
 * Of which question.
 */
job: string, 
/**
 * What may be shown: each statement was whole and its passages were compared with it.
 */
statements: Array<AssistStatementView>, 
/**
 * Why others are not shown.
 */
withheld: Array<AssistDoubt>, 
/**
 * Where it stands.
 */
stage: AssistStage, };

/**
 * Why no engine was asked.
 */
export type AssistRefused = "for_the_doctor" | "language";

/**
 * A question about the program, or about one's own reports.
 */
export type AssistRequest = { 
/**
 * Names the answer; drawn by the asker, who listens for it.
 */
job: string, 
/**
 * 1–1,000 characters.
 */
question: string, 
/**
 * The person was told what leaves the machine and wants the engine to answer.
 */
with_engine: boolean, };

/**
 * Where an answer stands.
 */
export type AssistStage = { "stage": "writing" } | { "stage": "done" } | { "stage": "not_found" } | { "stage": "failed", 
/**
 * Why.
 */
problem: ErrorView, };

/**
 * What the assistant can do at this window.
 */
export type AssistStateView = { 
/**
 * Who would write an answer; none: passages only, and nothing leaves this machine.
 */
engine: AssistEngineView | null, 
/**
 * The person may ask about a chart.
 */
about_chart: boolean, 
/**
 * The person may ask about own final reports.
 */
about_own_reports: boolean, };

/**
 * A statement of an engine.
 */
export type AssistStatementView = { 
/**
 * Its words.
 */
text: string, 
/**
 * The numbers of the passages that it rests on.
 */
rests_on: Array<number>, };

/**
 * An authenticator that is being set up, shown once.
 */
export type AuthenticatorView = { 
/**
 * To be typed where no camera is at hand.
 */
secret: string, 
/**
 * `otpauth://…`.
 */
address: string, 
/**
 * The same as a picture (SVG).
 */
qr: string, };

/**
 * A translation in the language of its message again, by the engine; it is kept nowhere.
 */
export type BackTranslationView = { 
/**
 * The words.
 */
text: string, };

/**
 * What runs.
 */
export type BackupJobKind = "backup" | "check" | "restore";

/**
 * A backup, check or restore that runs. Also the event `backup.progress`.
 */
export type BackupJobView = { 
/**
 * What it is for.
 */
kind: BackupJobKind, 
/**
 * What is being done.
 */
phase: BackupPhase, 
/**
 * Bytes of this phase that are done.
 */
done: number, 
/**
 * Bytes of this phase; 0 where nobody knows.
 */
total: number, };

/**
 * How a try ended.
 */
export type BackupOutcome = "verified" | "failed" | "cancelled";

/**
 * What is being done.
 */
export type BackupPhase = "waiting" | "database" | "files" | "proving" | "tidying" | "swapping";

/**
 * Where backups go and when.
 */
export type BackupPlanView = { 
/**
 * The folder or stick.
 */
folder: string, 
/**
 * Minutes after midnight, local time.
 */
minute: number, 
/**
 * Made daily by itself.
 */
daily: boolean, 
/**
 * Bytes free there; none where it is not there.
 */
free_bytes: number | null, };

/**
 * One try.
 */
export type BackupRunView = { 
/**
 * When it began.
 */
started: string, 
/**
 * When it ended.
 */
ended: string, 
/**
 * How.
 */
outcome: BackupOutcome, 
/**
 * Bytes of everything in it.
 */
bytes: number | null, 
/**
 * Bytes that had to be written.
 */
written: number | null, 
/**
 * Files in it.
 */
files: number | null, 
/**
 * What went wrong.
 */
problem: ErrorView | null, };

/**
 * Where backups stand, for the bottom bar.
 */
export type BackupStateView = { 
/**
 * A folder was chosen.
 */
planned: boolean, 
/**
 * They are made daily by themselves.
 */
daily: boolean, 
/**
 * What runs now.
 */
running: BackupJobView | null, 
/**
 * The newest backup that a trial restore proved.
 */
last_verified: string | null, 
/**
 * Why the newest try failed; none where it did not.
 */
problem: ErrorView | null, 
/**
 * A daily backup has had no success for longer than a day and a half.
 */
overdue: boolean, 
/**
 * When the next one is planned.
 */
next: string | null, };

/**
 * Everything about backups.
 */
export type BackupView = { 
/**
 * In short.
 */
state: BackupStateView, 
/**
 * What was chosen.
 */
plan: BackupPlanView | null, 
/**
 * The newest tries, newest first.
 */
runs: Array<BackupRunView>, 
/**
 * Snapshots in the chosen folder, newest first.
 */
snapshots: Array<SnapshotView>, 
/**
 * Why they cannot be listed, e.g. the stick is not there.
 */
folder_problem: ErrorView | null, 
/**
 * How the last check of a snapshot ended.
 */
checked: CheckedView | null, };

/**
 * Against the operating point.
 */
export type Band = "below" | "indeterminate" | "above";

/**
 * Batch and expiry.
 */
export type BatchView = { 
/**
 * Batch number.
 */
batch: string, 
/**
 * `YYYY-MM` or `YYYY-MM-DD`.
 */
expiry: string, };

/**
 * Begins to set up codes by e-mail.
 */
export type BeginEmailCodesRequest = { 
/**
 * Password.
 */
password: string, 
/**
 * Where codes are to go.
 */
email: string, };

/**
 * Opens a restricted record.
 */
export type BreakGlassRequest = { 
/**
 * Whose.
 */
patient_id: string, 
/**
 * Why, from the list.
 */
reason: BreakReason, 
/**
 * Why, in words: 1–200 characters.
 */
words: string, 
/**
 * One's own password, given now.
 */
password: string, };

/**
 * Why a record is opened.
 */
export type BreakReason = "emergency" | "treating_absent" | "patient_asks" | "law" | "other";

/**
 * How often something happened in one day or week.
 */
export type BucketView = { 
/**
 * Its first day, `YYYY-MM-DD`.
 */
day: string, 
/**
 * From.
 */
from: string, 
/**
 * Up to, without it.
 */
to: string, 
/**
 * How often.
 */
count: number, };

/**
 * Somebody who may be this person.
 */
export type CandidateView = { 
/**
 * Who.
 */
patient: PatientRow, 
/**
 * How alike.
 */
likeness: LikenessView, };

/**
 * Asks who may be this person.
 */
export type CandidatesRequest = { 
/**
 * As typed.
 */
details: PatientDetails, 
/**
 * The patient who is corrected; they are no duplicate of themselves.
 */
except: string | null, };

/**
 * A pack's card: what a reader should know before trusting it.
 */
export type CardView = { 
/**
 * The pack.
 */
model: ModelView, 
/**
 * What it must not be used for.
 */
not_for: string, 
/**
 * Where the training data came from.
 */
sources: Array<SourceView>, 
/**
 * Measured figures, each with its interval.
 */
metrics: Array<MetricView>, 
/**
 * Known to fail on.
 */
failure_groups: Array<string>, 
/**
 * When it was calibrated.
 */
calibrated: string | null, 
/**
 * MODEL_CARD.md.
 */
markdown: string, };

/**
 * Changes one's own password.
 */
export type ChangePasswordRequest = { 
/**
 * The present password.
 */
current: string, 
/**
 * The new one: at least 10 characters.
 */
new: string, };

/**
 * A patient's chart.
 */
export type ChartView = { 
/**
 * Who.
 */
patient: PatientView, 
/**
 * Newest first.
 */
studies: Array<StudyView>, 
/**
 * Whether a patient's account exists.
 */
has_account: boolean, };

/**
 * Names a file on disk.
 */
export type CheckFileRequest = { 
/**
 * Where it is.
 */
path: string, };

/**
 * An order as it is typed, for a person.
 */
export type CheckOrderRequest = { 
/**
 * For whom.
 */
patient_id: string, 
/**
 * As it is typed.
 */
order: OrderForm, };

/**
 * What the guard found in a translation. Until it is confirmed, nobody but the doctor reads it.
 */
export type CheckView = { 
/**
 * Each difference, the gravest first.
 */
findings: Array<FindingView>, 
/**
 * The doctor confirmed the translation all the same.
 */
confirmed: boolean, };

/**
 * What became of checking a file.
 */
export type CheckedFile = "same" | "unknown";

/**
 * What was found out about a file.
 */
export type CheckedFileView = { 
/**
 * Whether this clinic sealed exactly this file.
 */
file: CheckedFile, 
/**
 * Which report it is.
 */
report_id: string | null, 
/**
 * As people call it.
 */
number: string | null, 
/**
 * Of which revision.
 */
revision: number | null, 
/**
 * A newer revision was signed since.
 */
superseded: boolean, 
/**
 * The signature over its text holds; none where the file could not be opened.
 */
signature: boolean | null, 
/**
 * The text inside is what the record holds.
 */
document: boolean | null, 
/**
 * Every picture is the one that was signed.
 */
pictures: boolean | null, };

/**
 * What an order comes to.
 */
export type CheckedOrder = { 
/**
 * What breaks a rule of writing; none where it may be signed.
 */
faults: Array<OrderFault>, 
/**
 * As it will be written; none while it breaks a rule.
 */
order: OrderView | null, 
/**
 * What dose, frequency and duration come to, e.g. `21 tablets`.
 */
expected_quantity: string | null, 
/**
 * What speaks against it.
 */
findings: PrescriptionFindings, };

/**
 * How a check ended.
 */
export type CheckedView = { 
/**
 * Of which snapshot.
 */
name: string, 
/**
 * What was found whole.
 */
whole: WholeView | null, 
/**
 * What is wrong.
 */
problem: ErrorView | null, };

/**
 * How often a version of a model found a class likeliest.
 */
export type ClassCountView = { 
/**
 * Model.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * Class; none where the scan was not assessed.
 */
class: string | null, 
/**
 * Readings.
 */
readings: number, };

/**
 * A class of a model.
 */
export type ClassName = { 
/**
 * Key.
 */
id: string, 
/**
 * Shown name.
 */
name: string, };

/**
 * A class in short.
 */
export type ClassSummary = { 
/**
 * Shown name.
 */
name: string, 
/**
 * Calibrated probability.
 */
probability: number, 
/**
 * Against the operating points; none for classes without one.
 */
band: Band | null, };

/**
 * One class of a reading.
 */
export type ClassView = { 
/**
 * Key.
 */
id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Calibrated probability, 0–1.
 */
probability: number, 
/**
 * Lower operating point (90 % sensitivity on the validation set), 0–1; none for classes without one.
 */
lower: number | null, 
/**
 * Upper operating point, 0–1.
 */
upper: number | null, 
/**
 * Against the operating points.
 */
band: Band | null, 
/**
 * Counts towards urgency.
 */
abnormal: boolean, 
/**
 * The map is zero everywhere: no positive evidence.
 */
map_empty: boolean, };

/**
 * What sort of failure it is; the user interface switches on this and never on text.
 */
export type Code = "invalid" | "sign_in_needed" | "locked" | "wrong_password" | "too_many_tries" | "forbidden" | "not_found" | "conflict" | "unreadable" | "too_large" | "cancelled" | "disk_full" | "read_only" | "damaged" | "key_unavailable" | "model_unavailable" | "engine_unavailable" | "busy" | "internal";

/**
 * A code of the second factor that is being set up.
 */
export type CodeRequest = { 
/**
 * Six digits.
 */
code: string, };

/**
 * Two versions of a note.
 */
export type CompareNotesRequest = { 
/**
 * Of which note.
 */
note_id: string, 
/**
 * The older.
 */
from: number, 
/**
 * The newer.
 */
to: number, };

/**
 * Shows that the phrase was written down.
 */
export type ConfirmRecoveryRequest = { 
/**
 * At least three words.
 */
words: Array<PhraseWord>, };

/**
 * Confirms a translation that the guard doubts.
 */
export type ConfirmTranslationRequest = { 
/**
 * In which consultation.
 */
consultation_id: string, 
/**
 * Of which message.
 */
message_id: string, 
/**
 * Into which language.
 */
language: Language, 
/**
 * The words that were read; a newer translation is not confirmed with them.
 */
text: string, };

/**
 * An identifier that the person read and confirmed.
 */
export type ConfirmedIdentifier = { 
/**
 * Which.
 */
identifier: Identifier, 
/**
 * As it stood on the screen; it must be what the record says.
 */
value: string, };

/**
 * How grave a conflict is.
 */
export type ConflictLevel = "serious" | "contraindicated";

/**
 * A published source of a row.
 */
export type ConflictSource = { 
/**
 * What it is called.
 */
title: string, 
/**
 * Where in it.
 */
section: string, };

/**
 * The way to the phones.
 */
export type Connection = { "state": "not_needed" } | { "state": "connecting" } | { "state": "connected" } | { "state": "waiting", 
/**
 * Sentence of what failed, from the catalogue.
 */
message_id: string, };

/**
 * The event `live.changed`: people, waiting room, connection. Ask `live.view` again.
 */
export type ConsultationEvent = { 
/**
 * Which.
 */
consultation_id: string, };

/**
 * Which consultation.
 */
export type ConsultationRequest = { 
/**
 * It.
 */
consultation_id: string, };

/**
 * A consultation in a list.
 */
export type ConsultationRow = { 
/**
 * Id.
 */
id: string, 
/**
 * With whom.
 */
patient: PatientRow, 
/**
 * Its doctor.
 */
doctor: string, 
/**
 * When it began.
 */
started: string, 
/**
 * When it ended; none while it lasts.
 */
ended: string | null, 
/**
 * Languages that were spoken.
 */
languages: Array<Language>, 
/**
 * How much was said.
 */
messages: number, };

/**
 * A consultation as it stands now.
 */
export type ConsultationView = { 
/**
 * Id.
 */
id: string, 
/**
 * With whom.
 */
patient: PatientRow, 
/**
 * Whether the one who asks is its doctor and may speak in it.
 */
mine: boolean, 
/**
 * When it began.
 */
started: string, 
/**
 * When it ended.
 */
ended: string | null, 
/**
 * Everyone who was let in, the doctor first.
 */
people: Array<PersonView>, 
/**
 * Who waits outside.
 */
waiting: Array<WaitingView>, 
/**
 * Ways in that still stand.
 */
invitations: Array<InvitationView>, 
/**
 * The way to the phones.
 */
connection: Connection, 
/**
 * Messages kept here that a guest has not got yet.
 */
unsent: number, 
/**
 * What translates, besides the phrasebook.
 */
engine: EngineState, 
/**
 * What writes voice notes down.
 */
writer: EngineState, 
/**
 * A recording that a crash cut off: `live.finish_recording` says it or throws it away.
 */
unfinished: UnfinishedView | null, };

/**
 * A page of consultations.
 */
export type ConsultationsPage = { 
/**
 * They.
 */
rows: Array<ConsultationRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, };

/**
 * A page of consultations, newest first.
 */
export type ConsultationsRequest = { 
/**
 * Only this patient's.
 */
patient_id: string | null, 
/**
 * Only those that last.
 */
running: boolean, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * One closed outline of a part.
 */
export type ContourView = { 
/**
 * Key of the part: `right_ventricle`, `myocardium`, `left_ventricle`.
 */
part: string, 
/**
 * `[column, row]` in pixels of the stored picture; the last joins the first.
 */
points: Array<[number, number]>, };

/**
 * Corrects a patient's identity; the old version is kept.
 */
export type CorrectPatientRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * The version that was on screen.
 */
version: number, 
/**
 * As it should be.
 */
details: PatientDetails, 
/**
 * Why.
 */
reason: string, };

/**
 * Says what was said in a voice note.
 */
export type CorrectRequest = { 
/**
 * In which consultation.
 */
consultation_id: string, 
/**
 * Which message.
 */
message_id: string, 
/**
 * The words, in the language in which it was spoken.
 */
text: string, };

/**
 * A row behind a figure.
 */
export type CountedRowView = { 
/**
 * `scan`, `reading`, `verdict`, `consultation`, `report`.
 */
kind: string, 
/**
 * Its id.
 */
id: string, 
/**
 * When.
 */
at: string, 
/**
 * The clinic's number of the patient.
 */
patient_number: string, 
/**
 * Modality, class or number.
 */
what: string, 
/**
 * From import to final report.
 */
ms: number | null, };

/**
 * A page of them.
 */
export type CountedRowsPage = { 
/**
 * Rows.
 */
rows: Array<CountedRowView>, 
/**
 * For the next page; none at the end.
 */
next: string | null, };

/**
 * The rows behind a figure.
 */
export type CountedRowsRequest = { 
/**
 * Which figure.
 */
counted: FigureView, 
/**
 * From.
 */
from: string, 
/**
 * Up to, without it.
 */
to: string, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * A number with what is counted: `tablet`, `mL` and the like.
 */
export type CountedView = { 
/**
 * As it is written.
 */
amount: string, 
/**
 * A key of the catalogue.
 */
unit: string, };

/**
 * Makes a clinic on this workstation.
 */
export type CreateClinicRequest = { 
/**
 * The clinic's name.
 */
clinic_name: string, 
/**
 * The administrator.
 */
administrator: NewAccount, 
/**
 * A first doctor: administrators do not read scans.
 */
doctor: NewAccount | null, 
/**
 * Model packs to switch on.
 */
models: Array<ModelChoice>, 
/**
 * Where no keychain answers: seals the device's key file.
 */
device_passphrase: string | null, };

/**
 * Makes an account for a patient.
 */
export type CreatePatientAccountRequest = { 
/**
 * Whose record.
 */
id: string, 
/**
 * Sign-in name.
 */
login: string, 
/**
 * First password.
 */
password: string, };

/**
 * Adds a patient.
 */
export type CreatePatientRequest = { 
/**
 * Who.
 */
details: PatientDetails, 
/**
 * The similar patients were looked at and this is another person.
 */
not_a_duplicate: boolean, };

/**
 * The answer to adding a patient.
 */
export type CreatePatientResponse = { "outcome": "created", 
/**
 * The new patient.
 */
patient: PatientView, } | { "outcome": "similar", 
/**
 * Who, and why.
 */
candidates: Array<CandidateView>, };

/**
 * Makes an account for a member of staff.
 */
export type CreateUserRequest = { 
/**
 * Shown name.
 */
name: string, 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Role; patients' accounts are made from their chart.
 */
role: Role, 
/**
 * First password.
 */
password: string, };

/**
 * A page of deliveries.
 */
export type DeliveriesPage = { 
/**
 * Newest first.
 */
rows: Array<DeliveryView>, 
/**
 * Where the next page begins.
 */
next: string | null, };

/**
 * Which deliveries to list, newest first.
 */
export type DeliveriesRequest = { 
/**
 * Of one report.
 */
report_id: string | null, 
/**
 * In one state.
 */
state: DeliveryState | null, 
/**
 * Where the page before ended.
 */
cursor: string | null, 
/**
 * Rows: 1–200.
 */
limit: number, };

/**
 * A way to a recipient.
 */
export type DeliveryChannel = "email" | "whats_app" | "consultation" | "print" | "fhir";

/**
 * Something that happened to a delivery.
 */
export type DeliveryEventView = { 
/**
 * Where it stood then.
 */
state: DeliveryState, 
/**
 * Tries so far.
 */
attempt: number, 
/**
 * Why.
 */
problem: ErrorView | null, 
/**
 * What the other side said, word for word; empty where nothing.
 */
answer: string, 
/**
 * Whether a person did it; otherwise the outbox did.
 */
by_person: boolean, 
/**
 * When.
 */
at: string, };

/**
 * Which delivery.
 */
export type DeliveryRequest = { 
/**
 * Id.
 */
id: string, };

/**
 * How reports leave the clinic.
 */
export type DeliverySettingsView = { 
/**
 * By e-mail.
 */
smtp: SmtpView | null, 
/**
 * By WhatsApp.
 */
whatsapp: WhatsAppView | null, 
/**
 * To a FHIR server.
 */
fhir: FhirView | null, };

/**
 * Where a delivery stands.
 */
export type DeliveryState = "waiting" | "sending" | "delivered" | "uncertain" | "failed" | "cancelled";

/**
 * A step on the way to a server.
 */
export type DeliveryStep = "address" | "connection" | "certificate" | "password" | "sender" | "recipient" | "content";

/**
 * Deliveries, counted.
 */
export type DeliverySummary = { 
/**
 * Accepted by the other side.
 */
delivered: number, 
/**
 * Waiting or on the way.
 */
waiting: number, 
/**
 * Sent; nobody knows whether it arrived.
 */
uncertain: number, 
/**
 * Given up.
 */
failed: number, };

/**
 * One try.
 */
export type DeliveryTestView = { 
/**
 * Whether every step went well.
 */
ok: boolean, 
/**
 * The step that failed.
 */
step: DeliveryStep | null, 
/**
 * Why.
 */
problem: ErrorView | null, 
/**
 * What the server said, word for word.
 */
answer: string | null, 
/**
 * How long it took, milliseconds.
 */
ms: number, };

/**
 * A delivery.
 */
export type DeliveryView = { 
/**
 * Id.
 */
id: string, 
/**
 * Of which report.
 */
report_id: string, 
/**
 * As people call it, e.g. `R-000123`.
 */
number: string, 
/**
 * Which revision of it.
 */
revision: number, 
/**
 * The way.
 */
channel: DeliveryChannel, 
/**
 * To whom.
 */
address: string, 
/**
 * Language of the covering text.
 */
language: Language, 
/**
 * Where it stands.
 */
state: DeliveryState, 
/**
 * Tries so far.
 */
attempts: number, 
/**
 * When the next try is due; none where none is.
 */
next_try: string | null, 
/**
 * When it was asked for.
 */
created: string, 
/**
 * When it last changed.
 */
changed: string, 
/**
 * Why the last try failed, why it is uncertain, or why it is not sent any more.
 */
problem: ErrorView | null, };

/**
 * An account of the demo clinic, whose password is no secret.
 */
export type DemoAccount = { 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Password, shown on the sign-in screen.
 */
password: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Shown name.
 */
name: string, };

/**
 * Gives a medicine out.
 */
export type DispenseRequest = { 
/**
 * Made by the screen, so that it is given out once.
 */
fact_id: string, 
/**
 * Which prescription.
 */
prescription_id: string, 
/**
 * How many facts were on the screen.
 */
over: number, 
/**
 * How much, in the unit of the quantity, e.g. `21`.
 */
amount: string, 
/**
 * Batch number: 1–60 characters.
 */
batch: string, 
/**
 * `YYYY-MM` or `YYYY-MM-DD`.
 */
expiry: string, 
/**
 * Another product, where one is given instead.
 */
product: string | null, 
/**
 * Why another one; needed with a product.
 */
why: string, 
/**
 * Counselling note.
 */
note: string, 
/**
 * One for each warning that is new since the order.
 */
overrides: Array<WarningOverride>, 
/**
 * At least two identifiers that the person was asked for.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * What waits for a doctor. Each count is the length of a list of its own; the rows are its first.
 */
export type DoctorHome = { 
/**
 * One's own consultations of today, and those that still last.
 */
consultations: number, 
/**
 * Of which last.
 */
running: number, 
/**
 * The newest of them.
 */
consultation_rows: Array<ConsultationRow>, 
/**
 * Scans above an operating point that nobody gave a verdict on: the whole clinic's.
 */
above: number, 
/**
 * The first of them.
 */
above_rows: Array<WorklistRow>, 
/**
 * One's own reports that are being written.
 */
drafts: number, 
/**
 * The newest of them.
 */
draft_rows: Array<ReportRow>, 
/**
 * One's own notes that wait for a signature.
 */
notes: number, 
/**
 * The newest of them.
 */
note_rows: Array<UnsignedNote>, 
/**
 * One's own deliveries that failed, or that may or may not have arrived.
 */
trouble: number, 
/**
 * The newest of them.
 */
trouble_rows: Array<TroubleRow>, 
/**
 * Pairs of records that may be one person's.
 */
duplicates: number, };

/**
 * Asks what waits.
 */
export type DoctorHomeRequest = { 
/**
 * When today began here.
 */
since: string, };

/**
 * Has a note drafted.
 */
export type DraftNoteRequest = { 
/**
 * From which consultation.
 */
consultation_id: string, 
/**
 * Made by the screen, to cancel by.
 */
job: string, 
/**
 * By the engine; otherwise by rules.
 */
by_engine: boolean, };

/**
 * What an open draft is for.
 */
export type DraftPurpose = "text" | "correction" | "addendum";

/**
 * A draft was saved.
 */
export type DraftSaved = { 
/**
 * Number of this edit.
 */
edit: number, 
/**
 * When.
 */
saved: string, };

/**
 * An open draft.
 */
export type DraftView = { 
/**
 * What it is for.
 */
purpose: DraftPurpose, 
/**
 * What it says.
 */
content: ReportContent, 
/**
 * Number of this edit: say it when you save or sign.
 */
edit: number, 
/**
 * When it was saved.
 */
saved: string, 
/**
 * Where the report stood when it was opened again; none for a first draft.
 */
of: ReportState | null, 
/**
 * Why it was opened again.
 */
reason: string, };

/**
 * What a population stability index is worth, by the usual rule of thumb.
 */
export type Drift = "too_few" | "stable" | "watch" | "moved";

/**
 * Scores of some readings in a row, against the first ones.
 */
export type DriftWindow = { 
/**
 * Its first reading, from 1.
 */
from: number, 
/**
 * Its last.
 */
to: number, 
/**
 * Population stability index.
 */
psi: number, 
/**
 * Mean score, 0–1.
 */
mean: number, };

/**
 * A page of pairs.
 */
export type DuplicatesPage = { 
/**
 * Pairs.
 */
rows: Array<PairView>, 
/**
 * For the next page; none at the end.
 */
next: string | null, 
/**
 * How many wait in all.
 */
waiting: number, };

/**
 * A page of pairs, most alike first.
 */
export type DuplicatesRequest = { 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200; 0 asks only how many wait.
 */
limit: number, };

/**
 * Unit of a duration.
 */
export type DurationUnit = "days" | "weeks" | "months";

/**
 * What a person would leave behind.
 */
export type DutiesView = { 
/**
 * Restricted records that only they open.
 */
restricted: number, 
/**
 * Reports begun and not signed.
 */
drafts: number, 
/**
 * Consultations that have not ended.
 */
consultations: number, };

/**
 * Letters at the edges of the unturned image: R, L, A, P, H, F, alone or combined.
 */
export type EdgesView = { 
/**
 * Left edge.
 */
left: string, 
/**
 * Right edge.
 */
right: string, 
/**
 * Top edge.
 */
top: string, 
/**
 * Bottom edge.
 */
bottom: string, };

/**
 * Switches a pack on or off.
 */
export type EnableModelRequest = { 
/**
 * Which.
 */
id: string, 
/**
 * On.
 */
enabled: boolean, 
/**
 * The licence was shown and accepted; needed for a research licence.
 */
accept_licence: boolean, };

/**
 * A file that is handed over, sealed at the relay: a report as a PDF locked with a passphrase. The
 * passphrase is never part of what travels here.
 */
export type Enclosure = { 
/**
 * What the file is called; no person's data.
 */
name: string, 
/**
 * Its media type (RFC 6838).
 */
media_type: string, 
/**
 * Its size before it was sealed.
 */
bytes: number, 
/**
 * SHA-256 of the sealed bytes, hexadecimal.
 */
sha256: string, 
/**
 * The blob's own key, 32 bytes.
 */
key: string, };

/**
 * Names one of one's own windows.
 */
export type EndWindowRequest = { 
/**
 * Its session.
 */
session_id: string, };

/**
 * What an engine does.
 */
export type EnginePart = "translation" | "writing" | "meaning" | "speech";

/**
 * Where the engine for texts is.
 */
export type EnginePreset = "none" | "open_ai" | "own_server";

/**
 * How the engines are set.
 */
export type EngineSettingsView = { 
/**
 * Where the one for texts is.
 */
preset: EnginePreset, 
/**
 * Its address; empty where none is set.
 */
base_url: string, 
/**
 * The model that translates.
 */
model: string, 
/**
 * Asked where that one fails.
 */
fallback_model: string | null, 
/**
 * The model that writes notes and answers questions; none where nothing does.
 */
writing_model: string | null, 
/**
 * The model that places texts by meaning; none where nothing does.
 */
meaning_model: string | null, 
/**
 * Whether a key is kept; it is never shown.
 */
has_key: boolean, 
/**
 * Seconds for one text.
 */
timeout_s: number, 
/**
 * What writes down voice notes.
 */
speech: SpeechSettingsView, };

/**
 * What translates, besides the phrasebook.
 */
export type EngineState = { "state": "none" } | { "state": "ready", 
/**
 * Its name.
 */
name: string, } | { "state": "failing", 
/**
 * Its name.
 */
name: string, 
/**
 * Sentence of what failed, from the catalogue.
 */
message_id: string, };

/**
 * One try.
 */
export type EngineTestView = { 
/**
 * Whether it did what it is for.
 */
ok: boolean, 
/**
 * Sentence of what failed, from the catalogue.
 */
message_id: string | null, 
/**
 * What fills its places.
 */
args: { [key in string]: string }, 
/**
 * How long it took, milliseconds.
 */
ms: number, };

/**
 * Introduces this workstation to a relay.
 */
export type EnrolRequest = { 
/**
 * `https://…`.
 */
address: string, 
/**
 * The one-time code that the relay printed.
 */
code: string, 
/**
 * SHA-256 of its certificate (hexadecimal, colons allowed) where it made that itself; none
 * where the operating system trusts it.
 */
fingerprint: string | null, };

/**
 * An error as the user interface gets it.
 */
export type ErrorView = { 
/**
 * What sort of failure it is.
 */
code: Code, 
/**
 * Key of the sentence in the catalogue.
 */
message_id: string, 
/**
 * What fills its places; never a person's data.
 */
args: { [key in string]: string }, };

/**
 * Exports the clinic.
 */
export type ExportClinicRequest = { 
/**
 * Where, as chosen in the system's dialog; a folder of its own is made in it.
 */
folder: string, 
/**
 * The asker's password, again.
 */
password: string, };

/**
 * Writes a pack.
 */
export type ExportFeedbackRequest = { 
/**
 * Into this folder; the pack gets one of its own in it.
 */
folder: string, 
/**
 * Which scans.
 */
scans: Array<string>, 
/**
 * In which of them a person looked and found no name in the picture.
 */
looked_at: Array<string>, 
/**
 * The asker's password, again.
 */
password: string, };

/**
 * An export that runs.
 */
export type ExportJobView = { 
/**
 * Patients that are written.
 */
patients: number, 
/**
 * Patients in all; 0 until they are counted.
 */
total: number, 
/**
 * Bytes that are written.
 */
bytes: number, };

/**
 * Writes the journal of a stretch of time into a signed file.
 */
export type ExportJournalRequest = { 
/**
 * Where to.
 */
path: string, 
/**
 * From this moment on.
 */
from: string | null, 
/**
 * Before this one.
 */
to: string | null, };

/**
 * Exports one patient.
 */
export type ExportPatientRequest = { 
/**
 * Who.
 */
patient_id: string, 
/**
 * Where, as chosen in the system's dialog; a folder of its own is made in it.
 */
folder: string, 
/**
 * The asker's password, again.
 */
password: string, };

/**
 * Where one's own export stands.
 */
export type ExportStateView = { 
/**
 * Whose record it is or was; none for the whole clinic's.
 */
patient_id: string | null, 
/**
 * What runs now.
 */
running: ExportJobView | null, 
/**
 * The last one, where it was written whole.
 */
done: ExportedView | null, 
/**
 * Why the last one was not.
 */
problem: ErrorView | null, };

/**
 * A pack that was written.
 */
export type ExportedFeedback = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Images in it.
 */
images: number, 
/**
 * Scans that were asked for and left out, because nobody looked for names in the picture.
 */
not_looked_at: number, 
/**
 * Scans that were asked for and could not be read.
 */
unreadable: number, };

/**
 * An export that was written whole.
 */
export type ExportedView = { 
/**
 * Its folder.
 */
folder: string, 
/**
 * Patients in it.
 */
patients: number, 
/**
 * Scans in it.
 */
scans: number, 
/**
 * Reports in it.
 */
reports: number, 
/**
 * Signed notes in it.
 */
notes: number, 
/**
 * Prescriptions in it.
 */
prescriptions: number, 
/**
 * Bytes in all.
 */
bytes: number, };

/**
 * Scans with a verdict that could be given away.
 */
export type FeedbackList = { 
/**
 * Newest verdict first.
 */
rows: Array<FeedbackRow>, 
/**
 * Verdicts in the clinician's own words: no class of the model, so nothing to train on.
 */
own_words: number, };

/**
 * A scan with a verdict on a reading.
 */
export type FeedbackRow = { 
/**
 * Scan.
 */
scan_id: string, 
/**
 * Whose.
 */
patient_id: string, 
/**
 * Their number.
 */
patient_number: string, 
/**
 * Their name.
 */
patient_name: string, 
/**
 * DICOM modality.
 */
modality: string, 
/**
 * Pack.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * The class that the model held most probable.
 */
said: string, 
/**
 * The clinician's class.
 */
label: string, 
/**
 * The clinician agreed.
 */
agrees: boolean, 
/**
 * The clinician drew a region.
 */
region: boolean, 
/**
 * Names may be burned into the picture: a person must look before it leaves.
 */
look: boolean, 
/**
 * When the verdict was given.
 */
at: string, };

/**
 * A FHIR server.
 */
export type FhirView = { 
/**
 * Its base address.
 */
base_url: string, 
/**
 * Whether a key is kept; it is never shown.
 */
has_token: boolean, };

/**
 * Which figure.
 */
export type FigureView = { "of": "scans" } | { "of": "waiting" } | { "of": "readings", 
/**
 * Model.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * Class; none for those not assessed.
 */
class: string | null, } | { "of": "verdicts", 
/**
 * Model.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * Those that agree, or those that do not.
 */
agrees: boolean, } | { "of": "consultations" } | { "of": "reports", 
/**
 * After longer than.
 */
over_ms: number | null, 
/**
 * After no longer than.
 */
up_to_ms: number | null, };

/**
 * Asks what to call a file.
 */
export type FileNameRequest = { 
/**
 * Which report.
 */
report_id: string, 
/**
 * As what.
 */
kind: ReportFileKind, };

/**
 * A file's name, without a person's data.
 */
export type FileNameView = { 
/**
 * It.
 */
file_name: string, };

/**
 * Backups in a folder.
 */
export type FindBackupsRequest = { 
/**
 * The folder or stick, as chosen in the system's dialog.
 */
folder: string, };

/**
 * Looks for a restricted record: a number, or a full name with the birth date.
 */
export type FindSealedRequest = { "by": "number", 
/**
 * As it is written.
 */
number: string, } | { "by": "person", 
/**
 * Full name.
 */
name: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string, };

/**
 * Something that differs between a message and its translation.
 */
export type FindingView = { 
/**
 * `number`, `unit`, `dose`, `date`, `negation`, `laterality`, `drug`, `opposite`, `length` or `loop`.
 */
kind: string, 
/**
 * As it stands in the message; empty where nothing of it does.
 */
source: string, 
/**
 * As it stands in the translation.
 */
target: string, };

/**
 * Ends a recording.
 */
export type FinishRecordingRequest = { 
/**
 * For which consultation.
 */
consultation_id: string, 
/**
 * Made by the screen, as in saying.
 */
message_id: string, 
/**
 * Throw it away instead.
 */
discard: boolean, };

/**
 * A form as a screen offers it.
 */
export type FormView = { 
/**
 * Which.
 */
form: MedicineForm, 
/**
 * By which routes it is given, the usual one first.
 */
routes: Array<MedicineRoute>, 
/**
 * What a dose may be counted in, as it is written, the usual one first.
 */
doses: Array<string>, 
/**
 * What the quantity may be counted in.
 */
packed: Array<string>, };

/**
 * Where something was found.
 */
export type FoundAt = { "kind": "message", 
/**
 * Which.
 */
consultation_id: string, 
/**
 * Which message.
 */
message_id: string, 
/**
 * Its number there.
 */
n: number, 
/**
 * Who said it.
 */
by: string, 
/**
 * How they take part.
 */
person: PersonKind, 
/**
 * The words were written down from a voice note.
 */
spoken: boolean, } | { "kind": "note", 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * Who signed it.
 */
by: string, } | { "kind": "report", 
/**
 * Which.
 */
report_id: string, 
/**
 * As people call it, e.g. `R-000123`.
 */
number: string, 
/**
 * What lists call it.
 */
title: string, 
/**
 * Where it stands.
 */
state: ReportState, 
/**
 * Who signed it last.
 */
by: string, };

/**
 * How often.
 */
export type Frequency = { "kind": "once" } | { "kind": "times_a_day", 
/**
 * How many times.
 */
times: number, } | { "kind": "every_hours", 
/**
 * How many hours.
 */
hours: number, } | { "kind": "every_days", 
/**
 * How many days.
 */
days: number, } | { "kind": "weekly" } | { "kind": "monthly" } | { "kind": "at_bedtime" };

/**
 * From a guest.
 */
export type FromGuest = { "t": "reveal", 
/**
 * 32 bytes.
 */
nonce: string, } | { "t": "say", 
/**
 * Made by the guest: the message is kept once, however often it is sent.
 */
id: string, 
/**
 * What it is written in.
 */
language: Language, 
/**
 * The words.
 */
text: string, 
/**
 * The phrase it was picked from, e.g. `pain-where`, with its filled slots.
 */
phrase: PhraseUse | null, } | { "t": "voice", 
/**
 * As in `Say`.
 */
id: string, 
/**
 * What is spoken.
 */
language: Language, 
/**
 * The sealed sound.
 */
sound: Sound, } | { "t": "language", 
/**
 * Which.
 */
language: Language, } | { "t": "translate", 
/**
 * Which message.
 */
id: string, } | { "t": "seen", 
/**
 * The number.
 */
n: number, } | { "t": "has", 
/**
 * Which message.
 */
id: string, } | { "t": "leave" };

/**
 * From the host.
 */
export type FromHost = { "t": "welcome", 
/**
 * The host's number for the short string, 32 bytes; empty when resumed.
 */
nonce: string, 
/**
 * The clinic's name.
 */
clinic: string, 
/**
 * The doctor's name.
 */
doctor: string, 
/**
 * Whether the guest is in already.
 */
admitted: boolean, } | { "t": "admitted", 
/**
 * The guest's own id.
 */
you: string, 
/**
 * Psk of the next hello, 32 bytes; the link is spent.
 */
resume: string, } | { "t": "declined" } | { "t": "removed" } | { "t": "ended" } | { "t": "people", 
/**
 * Everyone admitted, the doctor first.
 */
people: Array<Person>, } | { "t": "message", 
/**
 * It.
 */
message: Message, } | { "t": "translation", 
/**
 * Of which message.
 */
id: string, 
/**
 * It.
 */
translation: Translation, } | { "t": "transcript", 
/**
 * It.
 */
transcript: Transcript, } | { "t": "caught_up", 
/**
 * The newest number.
 */
n: number, } | { "t": "not_kept", 
/**
 * Which.
 */
id: string, 
/**
 * Why.
 */
why: NotKept, };

/**
 * What the gate saw.
 */
export type GateView = { 
/**
 * Kind of scan: `chest_film`, `lung_ct`, `cardiac_mr`, `other`.
 */
kind: string, 
/**
 * Probability of that kind.
 */
confidence: number, 
/**
 * Remarks on quality (`quality.<key>`).
 */
quality: Array<string>, };

/**
 * What a block is.
 */
export type GuideBlockKind = "heading" | "paragraph" | "item" | "head" | "row" | "code";

/**
 * A piece of a page.
 */
export type GuideBlockView = { 
/**
 * What it is.
 */
kind: GuideBlockKind, 
/**
 * How deep in lists an item stands; 0 for the others.
 */
depth: number, 
/**
 * Its words; a row has a cell for each column.
 */
cells: Array<Array<GuideSpanView>>, };

/**
 * A page of the guide.
 */
export type GuidePageView = { 
/**
 * Its name.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What follows; a passage names one by its place.
 */
blocks: Array<GuideBlockView>, };

/**
 * Words in one style.
 */
export type GuideSpanView = { 
/**
 * The words.
 */
text: string, 
/**
 * How they stand out.
 */
style: GuideStyle, };

/**
 * How words stand out.
 */
export type GuideStyle = "plain" | "strong" | "emphasis" | "code";

/**
 * Hands over the newest sealed file of a report of this patient.
 */
export type HandOverRequest = { 
/**
 * In which consultation.
 */
consultation_id: string, 
/**
 * Made by the screen, as in saying.
 */
message_id: string, 
/**
 * Which report: final, and sealed.
 */
report_id: string, 
/**
 * At least two different ones.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * A report that was handed over: a PDF that its own passphrase opens.
 */
export type HandedOverView = { 
/**
 * Which.
 */
report_id: string, 
/**
 * As people call it, e.g. `R-000123`.
 */
number: string, 
/**
 * Which revision.
 */
revision: number, 
/**
 * Size of the file.
 */
bytes: number, 
/**
 * On whose phones it is, as far as they said so while the consultation lasts.
 */
held_by: Array<string>, };

/**
 * The one plaintext of a hello.
 */
export type Hello = { 
/**
 * How the guest wants to be called; empty when resuming.
 */
name: string, 
/**
 * The language the guest reads.
 */
language: Language, 
/**
 * SHA-256 of the guest's number for the short string, 32 bytes; empty when resuming.
 */
commit: string, 
/**
 * The page shows every message up to this number complete, that is with its translation; 0 for
 * none. The host sends everything after it again, so that a late translation is never lost.
 */
have: number, };

/**
 * A way to tell people apart.
 */
export type Identifier = "name" | "birth_date" | "number" | "external_id";

/**
 * Who a file says it belongs to.
 */
export type IdentityView = { 
/**
 * Name.
 */
name: string, 
/**
 * Patient ID (0010,0020).
 */
id: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, };

/**
 * One file of an import.
 */
export type ImportItem = { 
/**
 * Place in the import.
 */
index: number, 
/**
 * File name, or path in the archive.
 */
label: string, 
/**
 * What became of it.
 */
outcome: ImportOutcome, };

/**
 * What became of a file.
 */
export type ImportOutcome = { "kind": "stored", 
/**
 * The scan.
 */
scan_id: string, 
/**
 * Whose.
 */
patient_id: string, } | { "kind": "duplicate", 
/**
 * The scan that holds the same bytes.
 */
scan_id: string, 
/**
 * Whose.
 */
patient_id: string, } | { "kind": "refused", 
/**
 * Why.
 */
problem: ErrorView, } | { "kind": "needs_patient", 
/**
 * What the file says, if anything.
 */
identity: IdentityView | null, } | { "kind": "identity_differs", 
/**
 * What the file says.
 */
identity: IdentityView, 
/**
 * The open patient.
 */
open: PatientRow, } | { "kind": "discarded" };

/**
 * Imports files, folders and ZIP archives in the background.
 */
export type ImportRequest = { 
/**
 * Absolute paths on this machine.
 */
paths: Array<string>, 
/**
 * The open patient, whose the files are expected to be.
 */
patient_id: string | null, 
/**
 * Made by the caller, so that no event is missed.
 */
job: string, };

/**
 * An import, as far as it has come. Also the payload of the event `imaging.progress`.
 */
export type ImportView = { 
/**
 * Which.
 */
job: string, 
/**
 * Files seen so far; grows while folders are walked.
 */
found: number, 
/**
 * Files dealt with.
 */
done: number, 
/**
 * All files were dealt with, or it was cancelled.
 */
finished: boolean, 
/**
 * The person stopped it.
 */
cancelled: boolean, 
/**
 * One an item, in order of finish; in an event only the new ones.
 */
items: Array<ImportItem>, };

/**
 * Installs a speech model.
 */
export type InstallSpeechModelRequest = { 
/**
 * Where the file lies.
 */
path: string, };

/**
 * How far an installation has come; event `language.installing`.
 */
export type InstallingEvent = { 
/**
 * Bytes copied.
 */
done: number, 
/**
 * Bytes in all.
 */
all: number, };

/**
 * Closes a way in.
 */
export type InvitationRequest = { 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * Which.
 */
invitation_id: string, };

/**
 * A way in.
 */
export type InvitationView = { 
/**
 * Id.
 */
id: string, 
/**
 * What it is.
 */
way: Way, 
/**
 * Whether the relay has opened its door.
 */
open: boolean, 
/**
 * Until when.
 */
until: string, 
/**
 * A guest came in by it: it opens for nobody else.
 */
spent: boolean, };

/**
 * Makes a way in.
 */
export type InviteRequest = { 
/**
 * To which consultation.
 */
consultation_id: string, 
/**
 * A code to say instead of a link.
 */
spoken: boolean, };

/**
 * Invites a member of staff.
 */
export type InviteStaffRequest = { 
/**
 * Shown name.
 */
name: string, 
/**
 * Sign-in name: 2–64 characters, no white space.
 */
login: string, 
/**
 * Role; a patient's account is made from their chart.
 */
role: Role, 
/**
 * Where the code may be sent.
 */
email: string | null, 
/**
 * Sends it there now.
 */
send: boolean, };

/**
 * Names a job.
 */
export type JobRequest = { 
/**
 * Which.
 */
job: string, };

/**
 * Joins by an invitation.
 */
export type JoinRequest = { 
/**
 * Sign-in name that the invitation names.
 */
login: string, 
/**
 * Its code.
 */
code: string, 
/**
 * The password to be.
 */
password: string, };

/**
 * What was written.
 */
export type JournalExportView = { 
/**
 * Rows.
 */
rows: number, 
/**
 * Number of the first.
 */
first: number, 
/**
 * Number of the last.
 */
last: number, 
/**
 * SHA-256 of the key that signed it.
 */
fingerprint: string, };

/**
 * How an act ended.
 */
export type JournalOutcome = "done" | "refused" | "failed";

/**
 * A page of the journal.
 */
export type JournalPage = { 
/**
 * Rows.
 */
rows: Array<JournalRowView>, 
/**
 * For the next page; none at the end.
 */
next: string | null, };

/**
 * A page of the journal, newest first.
 */
export type JournalPageRequest = { 
/**
 * Only this person's.
 */
user_id: string | null, 
/**
 * Only verbs that begin so, e.g. `scan.`.
 */
verb: string | null, 
/**
 * Only rows about this id, or about the patient with this number.
 */
subject: string | null, 
/**
 * Only this outcome.
 */
outcome: JournalOutcome | null, 
/**
 * Only what was refused or failed.
 */
unsuccessful: boolean, 
/**
 * Only from this moment on.
 */
from: string | null, 
/**
 * Only before this one.
 */
to: string | null, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * How far a check has come.
 */
export type JournalProgress = { 
/**
 * Rows checked.
 */
rows: number, 
/**
 * Rows in all.
 */
of: number, };

/**
 * Whether the chain holds.
 */
export type JournalReport = { 
/**
 * Rows checked.
 */
rows: number, 
/**
 * Every row, link and the signed head hold.
 */
intact: boolean, 
/**
 * Key of what is wrong (`journal.<key>`).
 */
problem: string | null, 
/**
 * First row in doubt.
 */
first_bad: number | null, 
/**
 * Milliseconds taken.
 */
ms: number, 
/**
 * SHA-256 of the journal's key; an exported journal names the same.
 */
fingerprint: string | null, };

/**
 * One act.
 */
export type JournalRowView = { 
/**
 * Place in the chain, from 1.
 */
number: number, 
/**
 * When.
 */
at: string, 
/**
 * Who; none before sign-in.
 */
user_id: string | null, 
/**
 * Shown name of a member of staff; a patient's account is shown by its id.
 */
who: string | null, 
/**
 * What, e.g. `reading.record_verdict`.
 */
verb: string, 
/**
 * About what.
 */
subjects: Array<string>, 
/**
 * How it ended.
 */
outcome: JournalOutcome, 
/**
 * Code of a refusal or failure.
 */
code: string | null, };

/**
 * Cohen's kappa with its 95 % interval.
 */
export type KappaView = { 
/**
 * 1 is full agreement, 0 as much as chance gives.
 */
kappa: number, 
/**
 * Lower end of the interval.
 */
low: number, 
/**
 * Upper end.
 */
high: number, 
/**
 * Verdicts that name a class of the model.
 */
of: number, };

/**
 * Where the rotation of the record's keys stands.
 */
export type KeyRotationView = { 
/**
 * How often this computer's secret was made anew.
 */
generation: number, 
/**
 * Accounts whose wrapped key is made anew when their owner next signs in.
 */
waiting: number, };

/**
 * Where the device's secret is kept.
 */
export type KeyStore = "keychain" | "passphrase_file" | "plain_file";

/**
 * A relay inside this app.
 */
export type LanRoomView = { 
/**
 * What a phone on this network opens.
 */
url: string, 
/**
 * SHA-256 of its certificate, hexadecimal in pairs.
 */
fingerprint: string, 
/**
 * Its port.
 */
port: number, 
/**
 * Whether a phone trusts the certificate without a warning.
 */
trusted: boolean, };

/**
 * A language that people speak here, by its BCP 47 primary subtag.
 */
export type Language = "ar" | "de" | "en" | "es" | "fr" | "hi" | "ja" | "pt" | "ru" | "te" | "zh";

/**
 * The last verified backup of this workstation.
 */
export type LastBackupView = { 
/**
 * When it was made.
 */
at: string, 
/**
 * Its folder.
 */
folder: string, 
/**
 * It is there; otherwise the stick is not.
 */
there: boolean, };

/**
 * How loud it is while recording: the event `live.level`, ten times a second.
 */
export type LevelView = { 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * From 0 to 100.
 */
level: number, 
/**
 * Recorded so far, milliseconds.
 */
ms: number, };

/**
 * How alike two people are, and why. It only says that somebody should look.
 */
export type LikenessView = { 
/**
 * 0–100.
 */
score: number, 
/**
 * Most telling first.
 */
traits: Array<Trait>, };

/**
 * A short word for a longer text: `.name` in the editor.
 */
export type MacroView = { 
/**
 * Lower-case letters, digits and hyphens.
 */
name: string, 
/**
 * What it stands for.
 */
text: string, 
/**
 * Everybody's; a doctor's own of the same name goes before it.
 */
built_in: boolean, };

/**
 * Which map, and how it is drawn.
 */
export type MapChoice = { 
/**
 * Key of the class.
 */
class: string, 
/**
 * 0–100 %.
 */
opacity: number, 
/**
 * Colours.
 */
palette: MapPalette, };

/**
 * Colours of a map.
 */
export type MapPalette = "viridis" | "inferno";

/**
 * A tool that leaves a mark.
 */
export type MarkTool = "length" | "angle" | "ellipse" | "rectangle" | "note";

/**
 * A measurement or note.
 */
export type MarkView = { 
/**
 * Id.
 */
id: string, 
/**
 * Frame, from 0.
 */
frame: number, 
/**
 * Tool.
 */
tool: MarkTool, 
/**
 * `[column, row]` in pixels of the stored image, the first pixel's corner at 0.
 */
points: Array<[number, number]>, 
/**
 * Text of a note.
 */
text: string, 
/**
 * Shown name of who drew it.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * The search by meaning.
 */
export type MeaningView = { 
/**
 * The engine's model.
 */
engine: string, 
/**
 * Texts that it can find, among the newest.
 */
ready: number, 
/**
 * The newest texts.
 */
of: number, 
/**
 * The engine did not answer; it is asked again by itself.
 */
failing: boolean, };

/**
 * What was measured, in short.
 */
export type MeasuredSummary = { 
/**
 * The first value of the model's card; none where the series was not measured.
 */
first: MeasuredValueView | null, 
/**
 * Why the series was not measured (`not-measured.<key>`).
 */
missing: string | null, };

/**
 * Unit of a measured value.
 */
export type MeasuredUnit = "ratio" | "ml" | "g";

/**
 * One value of the series.
 */
export type MeasuredValueView = { 
/**
 * Which: `lv_ejection_fraction`, `lv_end_diastolic_volume`, …
 */
key: string, 
/**
 * How much.
 */
value: number, 
/**
 * Lower end of the 90 % interval against reference outlines; none for volumes.
 */
low: number | null, 
/**
 * Upper end.
 */
high: number | null, 
/**
 * In which unit.
 */
unit: MeasuredUnit, };

/**
 * Outlines on the picture that was read, and what its series measures. All of it needs review by a clinician.
 */
export type MeasuredView = { 
/**
 * Outlines on the picture that was read.
 */
contours: Array<ContourView>, 
/**
 * Areas on that picture, one a part.
 */
areas: Array<AreaView>, 
/**
 * What the series measures (`measured.<key>`); empty where it was not measured.
 */
values: Array<MeasuredValueView>, 
/**
 * Places that the series has; 0 where it was not looked at.
 */
slices: number, 
/**
 * Moments of the heartbeat that the series has.
 */
phases: number, 
/**
 * Without spacing in the headers: ratios only, no volumes.
 */
relative: boolean, 
/**
 * Why the series was not measured (`not-measured.<key>`).
 */
missing: string | null, };

/**
 * A dosage form.
 */
export type MedicineForm = "tablet" | "slow_tablet" | "capsule" | "oral_liquid" | "oral_drops" | "powder" | "lozenge" | "inhaler" | "nebuliser" | "nasal_spray" | "eye_drops" | "ear_drops" | "cream" | "lotion" | "patch" | "suppository" | "pessary" | "injection" | "pen";

/**
 * By which way it enters the body.
 */
export type MedicineRoute = "oral" | "sublingual" | "inhaled" | "nasal" | "eye" | "ear" | "skin" | "transdermal" | "rectal" | "vaginal" | "subcutaneous" | "intramuscular" | "intravenous";

/**
 * A name offered while it is typed.
 */
export type MedicineSuggestion = { 
/**
 * The ingredient (INN).
 */
name: string, 
/**
 * The other name that was typed, if it was one.
 */
as_typed: string | null, };

/**
 * What the table is.
 */
export type MedicinesAbout = { 
/**
 * Its version, a date.
 */
version: string, 
/**
 * Under which licence it may be passed on.
 */
licence: string, 
/**
 * How many ingredients.
 */
medicines: number, 
/**
 * How many pairs that must or should not be taken together.
 */
interactions: number, 
/**
 * Published sources.
 */
sources: Array<string>, };

/**
 * Has one record read for two.
 */
export type MergeRequest = { 
/**
 * The record that is read for both.
 */
kept: string, 
/**
 * Its version on the screen.
 */
kept_version: number, 
/**
 * The other one.
 */
gone: string, 
/**
 * Its version on the screen.
 */
gone_version: number, 
/**
 * Why they are one person.
 */
reason: string, };

/**
 * A merge.
 */
export type MergeView = { 
/**
 * Id.
 */
id: string, 
/**
 * Number of the record that was read for both.
 */
kept: string, 
/**
 * The other one.
 */
gone: OtherRecordView, 
/**
 * Why.
 */
reason: string, 
/**
 * Shown name of who did it.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Who took it back.
 */
undone: UnmergedView | null, };

/**
 * Something that was said.
 */
export type Message = { 
/**
 * Its place in the consultation, from 1 without gaps.
 */
n: number, 
/**
 * Its id.
 */
id: string, 
/**
 * Who said it.
 */
from: string, 
/**
 * When it was kept, milliseconds since 1970 by the host's clock.
 */
at: number, 
/**
 * What it was said in.
 */
language: Language, 
/**
 * The words; empty for a voice note that was not written down.
 */
text: string, 
/**
 * Of a voice note: how it stands with its words.
 */
writing: Writing | null, 
/**
 * The sound, if it was spoken.
 */
sound: Sound | null, 
/**
 * The file that was handed over with it.
 */
enclosure: Enclosure | null, 
/**
 * In the reader's language; `None` until it is there (phase two).
 */
translation: Translation | null, };

/**
 * The event `live.message`: something was said, or its translation came.
 */
export type MessageEvent = { 
/**
 * Where.
 */
consultation_id: string, 
/**
 * It, as it now stands.
 */
message: MessageView, };

/**
 * Something that was said.
 */
export type MessageView = { 
/**
 * Its place, from 1 without gaps.
 */
n: number, 
/**
 * Id.
 */
id: string, 
/**
 * Who said it.
 */
from: string, 
/**
 * When.
 */
at: string, 
/**
 * In what.
 */
language: Language, 
/**
 * The words; empty for a voice note without a transcript.
 */
text: string, 
/**
 * The sound: served as `audio/<grant>/<message id>` by the `img` scheme.
 */
sound: SoundView | null, 
/**
 * The report that was handed over.
 */
handed_over: HandedOverView | null, 
/**
 * In the languages of those present, newest first for each language.
 */
translations: Array<TranslationView>, };

/**
 * Messages, newest first.
 */
export type MessagesPage = { 
/**
 * They.
 */
messages: Array<MessageView>, 
/**
 * Whether older ones are there.
 */
more: boolean, };

/**
 * Messages before a number, newest first.
 */
export type MessagesRequest = { 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * Only below this number; none for the newest.
 */
before: number | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * A measured figure.
 */
export type MetricView = { 
/**
 * Which, e.g. `AUROC`.
 */
name: string, 
/**
 * On what, e.g. `test`, `test: kermany`.
 */
set: string, 
/**
 * Images.
 */
n: number, 
/**
 * Value.
 */
value: number, 
/**
 * 95 % interval, lower end.
 */
low: number | null, 
/**
 * Upper end.
 */
high: number | null, };

/**
 * A microphone.
 */
export type MicrophoneView = { 
/**
 * What the system calls it.
 */
name: string, 
/**
 * The one taken where none is named.
 */
default: boolean, };

/**
 * Milliseconds of a reading.
 */
export type MillisView = { 
/**
 * Decoding and windowing.
 */
decode: number, 
/**
 * The model with all maps.
 */
model: number, 
/**
 * From file to answer.
 */
total: number, };

/**
 * A model pack to switch on.
 */
export type ModelChoice = { 
/**
 * The pack's id.
 */
id: string, 
/**
 * Its licence was shown and accepted; needed for a research licence.
 */
accept_licence: boolean, };

/**
 * A pack that may read a scan.
 */
export type ModelOption = { 
/**
 * Id.
 */
id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Research licence.
 */
research_only: boolean, };

/**
 * Which model, exactly.
 */
export type ModelRef = { 
/**
 * Pack.
 */
id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Version.
 */
version: string, 
/**
 * SHA-256 of the model file, hex.
 */
sha256: string, 
/**
 * Research licence.
 */
research_only: boolean, };

/**
 * Names a pack.
 */
export type ModelRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * Whether a pack can be used.
 */
export type ModelState = { "kind": "ready" } | { "kind": "unusable", 
/**
 * Why.
 */
problem: ErrorView, };

/**
 * A model pack on the shelf.
 */
export type ModelView = { 
/**
 * Id.
 */
id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Version.
 */
version: string, 
/**
 * SHA-256 of the model file, hex.
 */
sha256: string, 
/**
 * Kind of scan it reads.
 */
reads: string, 
/**
 * Shown names of its classes.
 */
classes: Array<string>, 
/**
 * One sentence on what it is for.
 */
intended_use: string, 
/**
 * Licence of the weights.
 */
licence: string, 
/**
 * Off until the licence is accepted.
 */
research_only: boolean, 
/**
 * Whether it can be used, and if not why.
 */
state: ModelState, 
/**
 * Switched on by an administrator.
 */
enabled: boolean, 
/**
 * Read by default where several fit.
 */
default: boolean, };

/**
 * A person to make an account for.
 */
export type NewAccount = { 
/**
 * Shown name.
 */
name: string, 
/**
 * Sign-in name: 2–64 characters, no white space.
 */
login: string, 
/**
 * At least 10 characters.
 */
password: string, };

/**
 * Why a message was not kept.
 */
export type NotKept = "too_long" | "bad_sound" | "not_now";

/**
 * What changed in a section.
 */
export type NoteChange = { 
/**
 * Which section.
 */
section: NoteSection, 
/**
 * Its words, in order.
 */
parts: Array<NotePart>, };

/**
 * What a note says.
 */
export type NoteContent = { 
/**
 * Its language.
 */
language: Language, 
/**
 * Who drafted it; nobody where the doctor began it.
 */
drafter: NoteDrafter | null, 
/**
 * Its sentences, section by section.
 */
sentences: Array<NoteSentence>, };

/**
 * The note of a consultation, and what one could be drafted from.
 */
export type NoteDesk = { 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * About whom.
 */
patient: PatientRow, 
/**
 * When the consultation began.
 */
started: string, 
/**
 * When it ended; none while it lasts.
 */
ended: string | null, 
/**
 * Whether the one who asks is its doctor, who alone writes and signs.
 */
mine: boolean, 
/**
 * The note, if one was begun.
 */
note: NoteView | null, 
/**
 * Words that were said.
 */
words: number, 
/**
 * Words below which no note is drafted.
 */
needed: number, 
/**
 * Voice notes that nobody wrote down: a draft knows nothing of them.
 */
unwritten: number, 
/**
 * The engine that would draft; none where none is set.
 */
engine: string | null, 
/**
 * A draft that is under way.
 */
drafting: NoteProgress | null, };

/**
 * Who drafted a note.
 */
export type NoteDrafter = { "kind": "engine", 
/**
 * Its name.
 */
name: string, } | { "kind": "extract" };

/**
 * Whose words a sentence is.
 */
export type NoteHand = "engine" | "extract" | "doctor";

/**
 * How a version came about.
 */
export type NoteKind = "drafted" | "edited" | "signed";

/**
 * A sentence as the doctor leaves it.
 */
export type NoteLine = { 
/**
 * Which it was; none for a new one.
 */
id: number | null, 
/**
 * Where it stands.
 */
section: NoteSection, 
/**
 * The words; without any the sentence goes.
 */
text: string, 
/**
 * Taken over although it was struck out.
 */
taken_over: boolean, };

/**
 * A run of words.
 */
export type NotePart = { 
/**
 * In which version they are.
 */
kind: NotePartKind, 
/**
 * They.
 */
text: string, };

/**
 * In which version words are.
 */
export type NotePartKind = "same" | "gone" | "new";

/**
 * How a draft goes on.
 */
export type NoteProgress = { 
/**
 * Which.
 */
job: string, 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * Where it is.
 */
stage: NoteStage, };

/**
 * What is wrong with a sentence.
 */
export type NoteReason = "no_source" | "unknown_source" | "not_translated" | "orders" | "not_by_doctor" | "only_asked" | "number" | "drug" | "side" | "negation" | "not_said";

/**
 * Which note.
 */
export type NoteRequest = { 
/**
 * It.
 */
note_id: string, };

/**
 * A signature.
 */
export type NoteSealView = { 
/**
 * SHA-256 of what was signed.
 */
sha256: string, 
/**
 * Whether the signature is of exactly this text.
 */
holds: boolean, };

/**
 * A part of a note.
 */
export type NoteSection = "symptoms" | "diagnosis" | "plan";

/**
 * A sentence of a note.
 */
export type NoteSentence = { 
/**
 * Its number within the note; it stays when others come and go.
 */
id: number, 
/**
 * Where it stands.
 */
section: NoteSection, 
/**
 * Its language.
 */
language: Language, 
/**
 * The words.
 */
text: string, 
/**
 * Whose words they are.
 */
hand: NoteHand, 
/**
 * The messages it rests on.
 */
sources: Array<string>, 
/**
 * Why it does not count; with the doctor's hand it counts all the same.
 */
struck: NoteStruck | null, };

/**
 * Where a draft is.
 */
export type NoteStage = { "kind": "asking", 
/**
 * Which, from 1.
 */
part: number, 
/**
 * How many there are.
 */
of: number, } | { "kind": "done" } | { "kind": "cancelled" } | { "kind": "failed", 
/**
 * Why.
 */
problem: ErrorView, };

/**
 * A step of a note's history; several edits in a row are one.
 */
export type NoteStepView = { 
/**
 * The last version of the step.
 */
version: number, 
/**
 * How it came about.
 */
kind: NoteKind, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Why: for a correction.
 */
reason: string, 
/**
 * How many versions it holds; each is kept.
 */
versions: number, };

/**
 * Why a sentence was struck out.
 */
export type NoteStruck = { 
/**
 * The reason.
 */
reason: NoteReason, 
/**
 * The words it is about.
 */
words: Array<string>, };

/**
 * Which version of a note.
 */
export type NoteVersionRequest = { 
/**
 * Of which note.
 */
note_id: string, 
/**
 * Which.
 */
version: number, };

/**
 * One version of a note.
 */
export type NoteVersionView = { 
/**
 * From 1 without gaps.
 */
version: number, 
/**
 * How it came about.
 */
kind: NoteKind, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Why: for a correction.
 */
reason: string, 
/**
 * What it says.
 */
content: NoteContent, 
/**
 * Where it was signed.
 */
seal: NoteSealView | null, };

/**
 * A note.
 */
export type NoteView = { 
/**
 * Id.
 */
id: string, 
/**
 * Its author.
 */
author: string, 
/**
 * As it stands now.
 */
newest: NoteVersionView, 
/**
 * As it was signed last.
 */
signed: NoteVersionView | null, };

/**
 * What was done under one of them, newest first.
 */
export type OpeningActsRequest = { 
/**
 * Which.
 */
id: string, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * How an emergency access ended.
 */
export type OpeningEnd = "time" | "person" | "another" | "clock";

/**
 * An emergency access, with nothing of the record itself.
 */
export type OpeningView = { 
/**
 * Id.
 */
id: string, 
/**
 * Who.
 */
user_id: string, 
/**
 * Their shown name.
 */
user: string, 
/**
 * The clinic's number of the patient.
 */
patient_number: string, 
/**
 * Whose record.
 */
patient_id: string, 
/**
 * Why, from the list.
 */
reason: BreakReason, 
/**
 * Why, in words.
 */
words: string, 
/**
 * When.
 */
opened: string, 
/**
 * When its review is due.
 */
due: string, 
/**
 * The review is late.
 */
overdue: boolean, 
/**
 * When it ended; none while it lasts.
 */
ended: string | null, 
/**
 * How.
 */
end: OpeningEnd | null, 
/**
 * Rows of the journal under it.
 */
acts: number, 
/**
 * Oneself opened it: another administrator reviews.
 */
own: boolean, 
/**
 * The review; none while it is to be done.
 */
review: ReviewView | null, };

/**
 * A page of emergency accesses.
 */
export type OpeningsPage = { 
/**
 * Rows.
 */
rows: Array<OpeningView>, 
/**
 * For the next page; none at the end.
 */
next: string | null, };

/**
 * A page of emergency accesses.
 */
export type OpeningsRequest = { 
/**
 * Those that were reviewed, newest first; otherwise those to be reviewed, oldest first.
 */
reviewed: boolean, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * How many reviews are to be done.
 */
export type OpeningsWaitingView = { 
/**
 * Not reviewed.
 */
waiting: number, 
/**
 * Of these: due since.
 */
overdue: number, };

/**
 * One thing that is wrong with an order.
 */
export type OrderFault = { 
/**
 * Which field.
 */
field: string, 
/**
 * Which rule.
 */
rule: Rule, 
/**
 * What was found there, where that is a known mistake.
 */
found: string, 
/**
 * What to write instead, where that is known.
 */
write: string, };

/**
 * An order as it is typed.
 */
export type OrderForm = { 
/**
 * The medicine by its ingredients, joined by `+`, e.g. `amoxicillin + clavulanic acid`.
 */
medicine: string, 
/**
 * E.g. `500 mg`, `875 mg + 125 mg`, `250 mg/5 mL`.
 */
strength: string, 
/**
 * In which form.
 */
form: MedicineForm, 
/**
 * By which way.
 */
route: MedicineRoute, 
/**
 * E.g. `1 tablet`.
 */
dose: string, 
/**
 * How often.
 */
frequency: Frequency, 
/**
 * For how long; until it is stopped where nothing is said.
 */
duration: TreatmentDuration | null, 
/**
 * What is to be given out at once, e.g. `21 tablets`.
 */
quantity: string, 
/**
 * How many times the quantity may be given out again.
 */
repeats: number, 
/**
 * Only when needed.
 */
as_needed: AsNeededForm | null, 
/**
 * What it is for.
 */
indication: string, 
/**
 * What the person who takes it has to know.
 */
instructions: string, 
/**
 * Another product with the same ingredients may be given.
 */
substitution: boolean, 
/**
 * Language of the label.
 */
language: Language, };

/**
 * An order as it is written.
 */
export type OrderView = { 
/**
 * Ingredients, joined by `+`.
 */
medicine: string, 
/**
 * Strength.
 */
strength: string, 
/**
 * Form.
 */
form: MedicineForm, 
/**
 * By which way.
 */
route: MedicineRoute, 
/**
 * How much at a time.
 */
dose: CountedView, 
/**
 * How often.
 */
frequency: Frequency, 
/**
 * For how long; until it is stopped where nothing is said.
 */
duration: TreatmentDuration | null, 
/**
 * What is given out at once.
 */
quantity: CountedView, 
/**
 * How many times again.
 */
repeats: number, 
/**
 * Only when needed.
 */
as_needed: AsNeededView | null, 
/**
 * What it is for.
 */
indication: string, 
/**
 * What the person who takes it has to know.
 */
instructions: string, 
/**
 * Another product may be given.
 */
substitution: boolean, 
/**
 * Language of the label.
 */
language: Language, };

/**
 * Who a record that was merged into another says that the patient is.
 */
export type OtherRecordView = { 
/**
 * Its number.
 */
number: string, 
/**
 * Name.
 */
name: string, 
/**
 * Birth date.
 */
birth_date: string | null, };

/**
 * The outbox, for the bar at the bottom.
 */
export type OutboxView = { 
/**
 * Waiting for a try, or being tried.
 */
waiting: number, 
/**
 * Sent, and nobody knows whether it arrived.
 */
uncertain: number, 
/**
 * Refused or given up.
 */
failed: number, 
/**
 * When the next try is due.
 */
next_try: string | null, 
/**
 * Ways that are set up.
 */
channels: Array<DeliveryChannel>, 
/**
 * Why messages wait that were tried already: no network, a wrong password.
 */
problem: ErrorView | null, };

/**
 * A warning that was overridden.
 */
export type OverriddenView = { 
/**
 * What was warned of.
 */
warning: PrescriptionWarning, 
/**
 * Why it was done all the same.
 */
reason: string, };

/**
 * One's own account.
 */
export type OwnAccountView = { 
/**
 * What is shown beside the password.
 */
second_factor: SecondFactor | null, 
/**
 * Where codes go by e-mail.
 */
email: string | null, 
/**
 * Recovery codes that were not used yet.
 */
codes_left: number, 
/**
 * Since when there is a PIN.
 */
pin_since: string | null, 
/**
 * The clinic has a mail server, so codes can be sent.
 */
mail: boolean, 
/**
 * Where one is signed in.
 */
windows: Array<OwnWindowView>, };

/**
 * A page of one's own consultations, newest first.
 */
export type OwnConsultationsRequest = { 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * One's own emergency access, while it lasts.
 */
export type OwnOpeningView = { 
/**
 * Id.
 */
id: string, 
/**
 * Whose record.
 */
patient_id: string, 
/**
 * The clinic's number.
 */
patient_number: string, 
/**
 * Full name.
 */
patient_name: string, 
/**
 * Milliseconds that are left.
 */
left_ms: number, };

/**
 * One of one's own prescriptions.
 */
export type OwnPrescriptionView = { 
/**
 * Id.
 */
id: string, 
/**
 * As people call it.
 */
number: string, 
/**
 * What was ordered.
 */
order: OrderView, 
/**
 * Shown name of the doctor.
 */
author: string, 
/**
 * When.
 */
at: string, 
/**
 * Neither stopped nor over.
 */
current: boolean, 
/**
 * Where it stands.
 */
state: PrescriptionState, 
/**
 * All that may be given out.
 */
total: CountedView, 
/**
 * What was given out.
 */
given: CountedView, };

/**
 * One of one's own reports.
 */
export type OwnReportRow = { 
/**
 * Id.
 */
id: string, 
/**
 * As people call it.
 */
number: string, 
/**
 * Title of the exam.
 */
exam: string, 
/**
 * DICOM modality.
 */
modality: string, 
/**
 * `YYYY-MM-DD`.
 */
study_date: string | null, 
/**
 * `final` or later.
 */
state: ReportState, 
/**
 * Shown name of who signed it.
 */
author: string, 
/**
 * When it was last signed.
 */
signed: string, };

/**
 * One of one's own reports, whole: the pages are the report, this is what stands beside them.
 */
export type OwnReportView = { 
/**
 * In short.
 */
row: OwnReportRow, 
/**
 * About which scan.
 */
scan_id: string, 
/**
 * Language of its headings.
 */
language: Language, 
/**
 * Oldest first.
 */
signings: Array<SigningView>, 
/**
 * Newest first.
 */
addenda: Array<AddendumView>, };

/**
 * A patient's own scan, in plain words: the doctor's verdict and nothing of the AI's.
 */
export type OwnScanView = { 
/**
 * The scan.
 */
scan: ScanRow, 
/**
 * The doctor's newest verdict; none while nobody has looked.
 */
verdict: VerdictView | null, };

/**
 * A window at which one is signed in.
 */
export type OwnWindowView = { 
/**
 * The session; it opens nothing and can only be ended.
 */
session_id: string, 
/**
 * Since when.
 */
started: string, 
/**
 * When somebody was last there.
 */
active: string, 
/**
 * It is locked.
 */
locked: boolean, 
/**
 * It is this one.
 */
here: boolean, };

/**
 * How often the model said one class and the clinician another, or the same.
 */
export type PairCount = { 
/**
 * The model's class.
 */
said: string, 
/**
 * The clinician's; none where it is in their own words.
 */
doctor: string | null, 
/**
 * How often.
 */
count: number, };

/**
 * Says that two records are two people's.
 */
export type PairRequest = { 
/**
 * One.
 */
one: string, 
/**
 * Its version on the screen.
 */
one_version: number, 
/**
 * The other.
 */
other: string, 
/**
 * Its version on the screen.
 */
other_version: number, 
/**
 * What was found; may be empty.
 */
reason: string, };

/**
 * Two records that may be one person's.
 */
export type PairView = { 
/**
 * The older record.
 */
older: PatientView, 
/**
 * The newer one.
 */
newer: PatientView, 
/**
 * How alike.
 */
likeness: LikenessView, 
/**
 * How many scans each has.
 */
scans: [number, number], 
/**
 * Whether each has an account at the kiosk.
 */
accounts: [boolean, boolean], 
/**
 * When each was made.
 */
created: [string, string], };

/**
 * A perceptually even colour scale for maps.
 */
export type Palette = "inferno" | "viridis";

/**
 * Who said something.
 */
export type PassageBy = "doctor" | "patient";

/**
 * Kinds of passages.
 */
export type PassageKind = "guide" | "details" | "allergies" | "scan" | "reading" | "verdict" | "message" | "note" | "report";

/**
 * Parts of a report.
 */
export type PassagePart = "indication" | "technique" | "comparison" | "findings" | "impression" | "recommendation" | "addendum";

/**
 * Where a passage stands.
 */
export type PassagePlace = { "to": "guide", 
/**
 * The page.
 */
page: string, 
/**
 * Which block of it, from 0.
 */
block: number, } | { "to": "chart", 
/**
 * Whose.
 */
patient_id: string, } | { "to": "scan", 
/**
 * Which scan.
 */
scan_id: string, } | { "to": "consultation", 
/**
 * Which.
 */
consultation_id: string, 
/**
 * What was said there.
 */
message_id: string, } | { "to": "note", 
/**
 * Of which consultation.
 */
consultation_id: string, } | { "to": "report", 
/**
 * Which.
 */
report_id: string, } | { "to": "own_report", 
/**
 * Which.
 */
report_id: string, };

/**
 * A passage.
 */
export type PassageView = { 
/**
 * What it is.
 */
kind: PassageKind, 
/**
 * What it is called: headings of the guide, the report's number, the examination.
 */
title: string, 
/**
 * Which part of it, where it has parts.
 */
part: PassagePart | null, 
/**
 * Who said it, where it was said.
 */
said_by: PassageBy | null, 
/**
 * When.
 */
at: string | null, 
/**
 * Word for word.
 */
text: string, 
/**
 * A machine wrote or translated it.
 */
machine: boolean, 
/**
 * Where it stands.
 */
opens: PassagePlace, };

/**
 * Opens the device's key file.
 */
export type PassphraseRequest = { 
/**
 * The device's passphrase.
 */
passphrase: string, };

/**
 * A passphrase.
 */
export type PassphraseView = { 
/**
 * It.
 */
passphrase: string, };

/**
 * The password again, for what changes one's own access.
 */
export type PasswordRequest = { 
/**
 * Password.
 */
password: string, };

/**
 * A password that somebody is about to choose.
 */
export type PasswordStrengthRequest = { 
/**
 * The password.
 */
password: string, 
/**
 * What is known of its owner: names, sign-in name.
 */
about: Array<string>, };

/**
 * How good a password is.
 */
export type PasswordStrengthView = { 
/**
 * 0 (falls at once) to 4.
 */
score: number, 
/**
 * It may be chosen.
 */
allowed: boolean, 
/**
 * Key of why it is weak (`strength.warning.<key>`).
 */
warning: string | null, 
/**
 * Keys of what would help (`strength.help.<key>`).
 */
suggestions: Array<string>, };

/**
 * Who a patient is.
 */
export type PatientDetails = { 
/**
 * Full name: 1–200 characters.
 */
name: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, 
/**
 * Id given by another system.
 */
external_id: string | null, };

/**
 * Names a patient.
 */
export type PatientRequest = { 
/**
 * Who.
 */
id: string, };

/**
 * A line of a patient list.
 */
export type PatientRow = { 
/**
 * Id.
 */
id: string, 
/**
 * The clinic's own number.
 */
number: string, 
/**
 * Full name.
 */
name: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, 
/**
 * Restricted.
 */
restricted: boolean, 
/**
 * How many scans.
 */
scans: number, };

/**
 * A patient's identity and the warnings that belong on every screen.
 */
export type PatientView = { 
/**
 * Id.
 */
id: string, 
/**
 * The clinic's own number, e.g. `MB-000042`.
 */
number: string, 
/**
 * Full name.
 */
name: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, 
/**
 * Id given by another system, e.g. DICOM Patient ID.
 */
external_id: string | null, 
/**
 * Allergies.
 */
allergies: Allergies, 
/**
 * When allergies were last recorded.
 */
allergies_recorded: string | null, 
/**
 * Only the treating doctor opens it without breaking glass.
 */
restricted: boolean, 
/**
 * Invented.
 */
demo: boolean, 
/**
 * Rises with each correction; a correction names the one it corrects.
 */
version: number, 
/**
 * Records that were merged into this one: what they say of who this is.
 */
others: Array<OtherRecordView>, };

/**
 * A page of patients.
 */
export type PatientsPage = { 
/**
 * Patients.
 */
rows: Array<PatientRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, };

/**
 * A page of patients by name.
 */
export type PatientsPageRequest = { 
/**
 * Words of the name, or a number; empty for all.
 */
query: string, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * Keeps nothing of what is said until it goes on.
 */
export type PauseRecordingRequest = { 
/**
 * For which consultation.
 */
consultation_id: string, 
/**
 * Or goes on.
 */
paused: boolean, };

/**
 * Somebody in the consultation.
 */
export type Person = { 
/**
 * Who.
 */
id: string, 
/**
 * As they want to be called.
 */
name: string, 
/**
 * The doctor, or a guest.
 */
doctor: boolean, 
/**
 * What they read.
 */
language: Language, 
/**
 * Whether they are connected now.
 */
here: boolean, };

/**
 * How somebody takes part.
 */
export type PersonKind = "doctor" | "guest" | "across_the_desk";

/**
 * Somebody in a consultation, or in front of it.
 */
export type PersonRequest = { 
/**
 * Which consultation.
 */
consultation_id: string, 
/**
 * Who.
 */
participant_id: string, };

/**
 * Somebody who was let in.
 */
export type PersonView = { 
/**
 * Id.
 */
id: string, 
/**
 * As they want to be called.
 */
name: string, 
/**
 * How they take part.
 */
kind: PersonKind, 
/**
 * What they read.
 */
language: Language, 
/**
 * Connected now; the doctor and whoever sits across the desk always are.
 */
here: boolean, 
/**
 * Messages they have on their screen, up to this number.
 */
seen: number, 
/**
 * When the doctor removed them or they left.
 */
gone: string | null, };

/**
 * A phrase of the phrasebook as somebody used it.
 */
export type PhraseUse = { 
/**
 * Its key.
 */
phrase: string, 
/**
 * What fills its slots, by name: digits, or the key of a slot's value.
 */
slots: { [key in string]: string }, };

/**
 * A phrase in two languages.
 */
export type PhraseView = { 
/**
 * Its key.
 */
key: string, 
/**
 * Key of its situation.
 */
situation: string, 
/**
 * `question`, `answer`, `instruction`, `consent`, `emergency` or `greeting`.
 */
kind: string, 
/**
 * In the speaker's language, slots as `{name}`.
 */
text: string, 
/**
 * In the listener's language, the same slots.
 */
translation: string, 
/**
 * Who stands behind the translation.
 */
provenance: Provenance, 
/**
 * Its slots.
 */
slots: Array<SlotView>, };

/**
 * One word of the phrase, to show that it was written down.
 */
export type PhraseWord = { 
/**
 * Place in the phrase, from 1.
 */
position: number, 
/**
 * The word.
 */
word: string, };

/**
 * A page of phrases.
 */
export type PhrasesPage = { 
/**
 * They.
 */
rows: Array<PhraseView>, 
/**
 * For the next page; none at the end.
 */
next: string | null, 
/**
 * Every situation of the book.
 */
situations: Array<SituationView>, };

/**
 * A page of phrases, in the book's order.
 */
export type PhrasesRequest = { 
/**
 * What a patient says, or else what a doctor says; what both say is in either.
 */
for_patient: boolean, 
/**
 * Only of this situation.
 */
situation: string | null, 
/**
 * Only those with all of these words in one of the two languages; empty for all.
 */
query: string, 
/**
 * What the speaker reads.
 */
language: Language, 
/**
 * What the listener reads.
 */
reading_language: Language, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 500.
 */
limit: number, };

/**
 * A PIN.
 */
export type PinRequest = { 
/**
 * 4–8 digits.
 */
pin: string, };

/**
 * How the bytes of a frame are to be understood.
 */
export type PixelsView = { 
/**
 * Rows.
 */
rows: number, 
/**
 * Columns.
 */
columns: number, 
/**
 * Frames.
 */
frames: number, 
/**
 * 1 (grey) or 3 (RGB).
 */
samples: number, 
/**
 * 8 or 16 bits a sample.
 */
bits: number, 
/**
 * Two's complement.
 */
signed: boolean, 
/**
 * Rescale slope, never 0.
 */
slope: number, 
/**
 * Rescale intercept.
 */
intercept: number, 
/**
 * Low values are bright (MONOCHROME1).
 */
inverted: boolean, 
/**
 * Unit of the rescaled values, e.g. `HU`.
 */
unit: string | null, 
/**
 * Frames a second, for cine.
 */
frame_rate: number | null, };

/**
 * Where backups go and when.
 */
export type PlanBackupsRequest = { 
/**
 * The folder or stick, as chosen in the system's dialog.
 */
folder: string, 
/**
 * Minutes after midnight, local time: 0–1439.
 */
minute: number, 
/**
 * Made daily by itself.
 */
daily: boolean, };

/**
 * What a person set for themselves.
 */
export type Preferences = { 
/**
 * Colours.
 */
theme: Theme, 
/**
 * Language of the screens (BCP 47); empty: as the machine has it.
 */
language: string, 
/**
 * Key of each action that was remapped: action → key combination.
 */
keys: { [key in string]: string }, 
/**
 * The map's palette.
 */
palette: Palette, 
/**
 * The map's opacity, 0–100 %.
 */
map_opacity: number, 
/**
 * Hides probabilities and maps until the reader has looked at the image.
 */
map_hidden_until_looked: boolean, };

/**
 * Names a patient to prescribe for.
 */
export type PrescribeRequest = { 
/**
 * For whom.
 */
patient_id: string, };

/**
 * What a prescription begins with.
 */
export type PrescribingDesk = { 
/**
 * Id of the prescription that will be signed.
 */
prescription_id: string, 
/**
 * For whom.
 */
patient: PatientView, 
/**
 * What is taken now, newest first.
 */
current: Array<PrescriptionView>, 
/**
 * Forms with their routes and units.
 */
forms: Array<FormView>, 
/**
 * What the checks go by.
 */
table: MedicinesAbout, };

/**
 * What was done with a prescription.
 */
export type PrescriptionFactKind = "dispensed" | "returned" | "asked" | "answered" | "cancelled";

/**
 * Something that was done.
 */
export type PrescriptionFactView = { 
/**
 * Id.
 */
id: string, 
/**
 * What.
 */
kind: PrescriptionFactKind, 
/**
 * Shown name of whoever did it.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * How much, where something moved.
 */
amount: CountedView | null, 
/**
 * Batch and expiry, where it was given out.
 */
batch: BatchView | null, 
/**
 * Another product that was given instead.
 */
product: string | null, 
/**
 * Question, answer, reason or counselling note.
 */
text: string, 
/**
 * Warnings that the pharmacist overrode.
 */
overridden: Array<WarningOverride>, };

/**
 * What speaks against a medicine for a person, now.
 */
export type PrescriptionFindings = { 
/**
 * The gravest first.
 */
warnings: Array<PrescriptionWarning>, 
/**
 * What the table does not know, so that nothing was checked about it.
 */
not_covered: Array<string>, 
/**
 * Whether anybody asked about allergies.
 */
allergies_asked: boolean, 
/**
 * Version of the table.
 */
table: string, };

/**
 * A page of the queue.
 */
export type PrescriptionQueuePage = { 
/**
 * Prescriptions.
 */
rows: Array<PrescriptionQueueRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, 
/**
 * How many wait to be given out.
 */
waiting: number, 
/**
 * How many wait for a doctor.
 */
asked: number, };

/**
 * A page of the queue.
 */
export type PrescriptionQueueRequest = { 
/**
 * Which part.
 */
shelf: PrescriptionShelf, 
/**
 * Words of the patient's name, or a number of the patient or the prescription.
 */
query: string, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * A line of the queue.
 */
export type PrescriptionQueueRow = { 
/**
 * Id.
 */
id: string, 
/**
 * As people call it.
 */
number: string, 
/**
 * For whom.
 */
patient: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * What.
 */
medicine: string, 
/**
 * Strength.
 */
strength: string, 
/**
 * Form.
 */
form: MedicineForm, 
/**
 * Shown name of the doctor.
 */
author: string, 
/**
 * When it was signed.
 */
at: string, 
/**
 * Where it stands.
 */
state: PrescriptionState, 
/**
 * Warnings that the doctor overrode.
 */
overridden: number, };

/**
 * Names a prescription.
 */
export type PrescriptionRequest = { 
/**
 * Which.
 */
prescription_id: string, };

/**
 * Parts of the pharmacist's queue.
 */
export type PrescriptionShelf = "waiting" | "asked" | "done";

/**
 * Where a prescription stands.
 */
export type PrescriptionState = "ordered" | "partly" | "dispensed" | "asked" | "cancelled";

/**
 * A prescription with what was done.
 */
export type PrescriptionView = { 
/**
 * Id.
 */
id: string, 
/**
 * As people call it.
 */
number: string, 
/**
 * For whom, with allergies.
 */
patient: PatientView, 
/**
 * Shown name of the doctor.
 */
author: string, 
/**
 * When it was signed.
 */
at: string, 
/**
 * When it is over by itself.
 */
ends: string | null, 
/**
 * Neither stopped nor over.
 */
current: boolean, 
/**
 * What was ordered.
 */
order: OrderView, 
/**
 * Where it stands.
 */
state: PrescriptionState, 
/**
 * All that may be given out.
 */
total: CountedView, 
/**
 * What was given out; `0` for nothing.
 */
given: CountedView, 
/**
 * What is left to be given out; `0` for nothing.
 */
left: CountedView, 
/**
 * The signature is of this text.
 */
seal_holds: boolean, 
/**
 * What the doctor was warned of, and why it was signed all the same.
 */
overridden: Array<OverriddenView>, 
/**
 * What speaks against it now.
 */
findings: PrescriptionFindings, 
/**
 * Warnings of now that nobody has answered yet.
 */
fresh: Array<string>, 
/**
 * What was done, oldest first.
 */
facts: Array<PrescriptionFactView>, 
/**
 * Batch and expiry of the same product last time; for whoever dispenses.
 */
last_batch: BatchView | null, };

/**
 * One thing that speaks against a medicine.
 */
export type PrescriptionWarning = { 
/**
 * The same conflict has the same key every time; an override names it.
 */
key: string, 
/**
 * What sort of conflict.
 */
kind: WarningKind, 
/**
 * How grave.
 */
level: ConflictLevel, 
/**
 * The ingredient that is to be prescribed.
 */
ingredient: string, 
/**
 * What it conflicts with: an allergy in the words of the record, or an ingredient.
 */
with: string, 
/**
 * The group through which, where it is not the ingredient itself.
 */
through: string | null, 
/**
 * What may happen: a key of the catalogue.
 */
effect: string | null, 
/**
 * Whose level or effect changes.
 */
of: string | null, 
/**
 * The published source; none for the same ingredient.
 */
source: ConflictSource | null, };

/**
 * Lays a report out.
 */
export type PreviewRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * A signed revision; none for the open draft, else for the newest revision.
 */
revision: number | null, };

/**
 * Pages of a report; each is at `page/<grant>/<report>/<stamp>/<n>`, n from 0, as SVG.
 */
export type PreviewView = { 
/**
 * How many.
 */
pages: number, 
/**
 * Changes with the content.
 */
stamp: string, };

/**
 * The clinician's priority.
 */
export type Priority = "routine" | "urgent" | "immediate";

/**
 * Who stands behind a translation.
 */
export type Provenance = "same_language" | "verified_phrase" | "unreviewed_phrase" | "machine" | "not_translated";

/**
 * A FHIR server took it.
 */
export type PushedView = { 
/**
 * Address of the server.
 */
server: string, 
/**
 * Where the report lies there, as the server said.
 */
location: string | null, };

/**
 * Reads a scan in the background.
 */
export type ReadScanRequest = { 
/**
 * Which.
 */
scan_id: string, 
/**
 * Frame, from 0.
 */
frame: number, 
/**
 * A pack by name; none for the default one.
 */
model_id: string | null, 
/**
 * Made by the caller, so that no event is missed.
 */
job: string, };

/**
 * How far a reading has come; the payload of the event `reading.progress`.
 */
export type ReadingProgress = { 
/**
 * Which.
 */
job: string, 
/**
 * Of which scan.
 */
scan_id: string, 
/**
 * Where it is.
 */
stage: ReadingStage, };

/**
 * Where a reading is.
 */
export type ReadingStage = { "kind": "queued" } | { "kind": "running" } | { "kind": "done", 
/**
 * Which.
 */
reading_id: string, } | { "kind": "failed", 
/**
 * Why.
 */
problem: ErrorView, } | { "kind": "cancelled" };

/**
 * A reading in short.
 */
export type ReadingSummary = { "answer": "assessed", 
/**
 * 0–1; the probability that the abnormal classes have together; none without classes.
 */
urgency: number | null, 
/**
 * The three most probable classes; empty where a picture was outlined and its series not measured.
 */
top: Array<ClassSummary>, 
/**
 * The urgency comes from this class; empty without classes.
 */
because: string, 
/**
 * Of a measuring model.
 */
measured: MeasuredSummary | null, } | { "answer": "not_assessed", 
/**
 * Key of the reason (`not-assessed.<reason>`).
 */
reason: string, };

/**
 * A reading.
 */
export type ReadingView = { 
/**
 * Id.
 */
id: string, 
/**
 * Of which scan.
 */
scan_id: string, 
/**
 * Frame, from 0.
 */
frame: number, 
/**
 * When.
 */
at: string, 
/**
 * Shown name of who asked for it.
 */
by: string, 
/**
 * By which model.
 */
model: ModelRef, 
/**
 * What the gate saw.
 */
gate: GateView, 
/**
 * What the model said.
 */
answer: Answer, 
/**
 * Milliseconds.
 */
ms: MillisView, };

/**
 * A recipient.
 */
export type Recipient = { 
/**
 * The way.
 */
channel: DeliveryChannel, 
/**
 * An e-mail address, or a telephone number in international form.
 */
address: string, 
/**
 * Language of the covering text.
 */
language: Language, };

/**
 * Who got an earlier revision and not the newest one.
 */
export type RecipientView = { 
/**
 * `email`, `whats_app`, `consultation`, `print` or `fhir`.
 */
channel: string, 
/**
 * Where it went.
 */
address: string, 
/**
 * Language of the covering text.
 */
language: Language, 
/**
 * The newest revision that they got.
 */
revision: number, };

/**
 * Begins to record a voice note.
 */
export type RecordRequest = { 
/**
 * For which consultation.
 */
consultation_id: string, 
/**
 * Who speaks.
 */
participant_id: string, 
/**
 * The microphone; none for the system's own choice.
 */
device: string | null, };

/**
 * Records a clinician's verdict, apart from what the AI said.
 */
export type RecordVerdictRequest = { 
/**
 * Of which scan.
 */
scan_id: string, 
/**
 * The reading that was on screen; none where nothing was read.
 */
reading_id: string | null, 
/**
 * Agrees with it. Without a reading: false, and a class or comment is due.
 */
agrees: boolean, 
/**
 * The right class (its key), or the clinician's own words.
 */
class: string | null, 
/**
 * Corners of the region, `[column, row]` in pixels of the stored image.
 */
region: Array<[number, number]> | null, 
/**
 * Words.
 */
comment: string, };

/**
 * Gives an administrator a new password by the recovery phrase.
 */
export type RecoverRequest = { 
/**
 * The words, separated by white space.
 */
phrase: string, 
/**
 * Sign-in name of an administrator.
 */
login: string, 
/**
 * The new password.
 */
new_password: string, 
/**
 * Where this computer's secret lay in a key file under a passphrase and is lost: the passphrase to be.
 */
device_passphrase: string | null, };

/**
 * Ten codes, shown once; each opens once.
 */
export type RecoveryCodesView = { 
/**
 * The codes.
 */
codes: Array<string>, };

/**
 * The recovery phrase, shown once.
 */
export type RecoveryPhraseView = { 
/**
 * Words of the BIP-39 English list, in order.
 */
words: Array<string>, };

/**
 * Which relay joins phones to this workstation.
 */
export type RelayMode = "none" | "lan" | "elsewhere";

/**
 * One try.
 */
export type RelayTestView = { 
/**
 * It works.
 */
ok: boolean, 
/**
 * Sentence of what failed, from the catalogue.
 */
message_id: string | null, 
/**
 * What fills its places.
 */
args: { [key in string]: string }, 
/**
 * How long it took, milliseconds.
 */
ms: number, };

/**
 * How the relay is set.
 */
export type RelayView = { 
/**
 * Which one new invitations go over: an open room before one elsewhere.
 */
mode: RelayMode, 
/**
 * Address of the one elsewhere.
 */
address: string | null, 
/**
 * Whether it knows this workstation.
 */
enrolled: boolean, 
/**
 * The open room.
 */
lan: LanRoomView | null, };

/**
 * Takes a short word of one's own away.
 */
export type RemoveMacroRequest = { 
/**
 * Which.
 */
name: string, };

/**
 * Takes a mark away (it stays in the history).
 */
export type RemoveMarkRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * Gives somebody who has not joined another code.
 */
export type RenewInvitationRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * Sends it to the address that the invitation names.
 */
send: boolean, };

/**
 * Opens a draft over a signed report: for a correction, or to go on with a preliminary one.
 */
export type ReopenReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * Why; due for a correction.
 */
reason: string, };

/**
 * What a model said, for the section of its own.
 */
export type ReportAi = { 
/**
 * Which reading.
 */
reading_id: string, 
/**
 * When.
 */
at: string, 
/**
 * Pack.
 */
model_id: string, 
/**
 * Shown name.
 */
model_name: string, 
/**
 * Version.
 */
version: string, 
/**
 * SHA-256 of the model file, hex.
 */
sha256: string, 
/**
 * Research licence.
 */
research_only: boolean, 
/**
 * What it said.
 */
answer: Answer, };

/**
 * Everything of a report that its author chooses.
 */
export type ReportContent = { 
/**
 * Title of the exam.
 */
title: string, 
/**
 * Language of the headings; the words themselves are not translated.
 */
language: Language, 
/**
 * The words.
 */
text: ReportText, 
/**
 * With the section on the AI.
 */
include_ai: boolean, 
/**
 * With the picture.
 */
include_scan: boolean, 
/**
 * With a map over the picture; only beside the section on the AI.
 */
map: MapChoice | null, };

/**
 * How many wait for me.
 */
export type ReportCounts = { 
/**
 * My open drafts.
 */
drafts: number, 
/**
 * Mine that are preliminary.
 */
to_sign: number, 
/**
 * Deliveries that I asked for and that failed or are uncertain.
 */
trouble: number, };

/**
 * What a report can be written to disk as.
 */
export type ReportFileKind = "pdf" | "draft_pdf" | "film" | "dicom_sc" | "dicom_sr" | "fhir" | "deidentified";

/**
 * Why a sealed file was made.
 */
export type ReportFilePurpose = "original" | "copy" | "own";

/**
 * Names a sealed file.
 */
export type ReportFileRequest = { 
/**
 * Of which report.
 */
report_id: string, 
/**
 * Which.
 */
file_id: string, };

/**
 * A sealed file.
 */
export type ReportFileView = { 
/**
 * Id.
 */
id: string, 
/**
 * Of which revision.
 */
revision: number, 
/**
 * Why it was made.
 */
purpose: ReportFilePurpose, 
/**
 * When.
 */
sealed: string, 
/**
 * Size.
 */
bytes: number, };

/**
 * Whose a report is, for a line.
 */
export type ReportPatient = { 
/**
 * Id.
 */
id: string, 
/**
 * The clinic's own number.
 */
number: string, 
/**
 * Full name.
 */
name: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, 
/**
 * Restricted.
 */
restricted: boolean, };

/**
 * Names a report.
 */
export type ReportRequest = { 
/**
 * Which.
 */
report_id: string, };

/**
 * A line of the list.
 */
export type ReportRow = { 
/**
 * Id.
 */
id: string, 
/**
 * As people call it; none while nothing was signed.
 */
number: string | null, 
/**
 * Whose.
 */
patient: ReportPatient, 
/**
 * About which scan.
 */
scan_id: string, 
/**
 * Title of the exam.
 */
exam: string, 
/**
 * DICOM modality.
 */
modality: string, 
/**
 * `YYYY-MM-DD`.
 */
study_date: string | null, 
/**
 * Where it stands.
 */
state: ReportState, 
/**
 * Signings so far.
 */
revision: number, 
/**
 * A draft is open.
 */
open: boolean, 
/**
 * Shown name of its author.
 */
author: string, 
/**
 * I am its author.
 */
mine: boolean, 
/**
 * Language of its headings.
 */
language: Language, 
/**
 * When it was last signed or saved.
 */
changed: string, 
/**
 * How it travelled.
 */
deliveries: DeliverySummary, };

/**
 * Parts of the list.
 */
export type ReportShelf = "drafts" | "to_sign" | "signed" | "all";

/**
 * Where a report stands (after FHIR R4 `DiagnosticReport.status`).
 */
export type ReportState = "draft" | "preliminary" | "final" | "amended" | "appended" | "entered_in_error";

/**
 * What the doctor wrote, section by section.
 */
export type ReportText = { 
/**
 * Why the examination was made.
 */
indication: string, 
/**
 * How.
 */
technique: string, 
/**
 * With what it was compared.
 */
comparison: string, 
/**
 * What is seen.
 */
findings: string, 
/**
 * What it means.
 */
impression: string, 
/**
 * What to do next.
 */
recommendation: string, };

/**
 * A report.
 */
export type ReportView = { 
/**
 * Id.
 */
id: string, 
/**
 * As people call it; none while nothing was signed.
 */
number: string | null, 
/**
 * Where it stands.
 */
state: ReportState, 
/**
 * Signings so far.
 */
revision: number, 
/**
 * Whose.
 */
patient: PatientView, 
/**
 * About which scan.
 */
scan_id: string, 
/**
 * DICOM modality.
 */
modality: string, 
/**
 * `YYYY-MM-DD`.
 */
study_date: string | null, 
/**
 * Shown name of its author.
 */
author: string, 
/**
 * I am its author: nobody else writes or signs it.
 */
mine: boolean, 
/**
 * When its author last wrote in an open draft.
 */
drafting: string | null, 
/**
 * My open draft.
 */
draft: DraftView | null, 
/**
 * What the newest signing says; of a first draft what the draft says; none for another's first draft.
 */
content: ReportContent | null, 
/**
 * What the model said, apart from the doctor's words.
 */
ai: ReportAi | null, 
/**
 * The doctor's verdict on that.
 */
verdict: VerdictView | null, 
/**
 * Oldest first.
 */
signings: Array<SigningView>, 
/**
 * Newest first.
 */
addenda: Array<AddendumView>, 
/**
 * Sealed files, newest first.
 */
files: Array<ReportFileView>, 
/**
 * Who got an earlier revision and not the newest one.
 */
not_told: Array<RecipientView>, };

/**
 * A page of reports.
 */
export type ReportsPage = { 
/**
 * Reports.
 */
rows: Array<ReportRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, 
/**
 * How many wait for me.
 */
counts: ReportCounts, };

/**
 * A page of reports, newest first.
 */
export type ReportsRequest = { 
/**
 * Which part.
 */
shelf: ReportShelf, 
/**
 * Only of this patient.
 */
patient_id: string | null, 
/**
 * Words of the patient's name, or a number of the patient or the report.
 */
query: string, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * Gives a person a new password.
 */
export type ResetPasswordRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * The new password.
 */
password: string, };

/**
 * What opens a backup.
 */
export type RestoreKey = { "kind": "phrase", 
/**
 * The words, separated by white space.
 */
phrase: string, } | { "kind": "password", 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Password.
 */
password: string, 
/**
 * Where the device's key file is under a passphrase.
 */
device_passphrase: string | null, };

/**
 * Brings a backup back.
 */
export type RestoreRequest = { 
/**
 * The snapshot's folder.
 */
folder: string, 
/**
 * What opens it.
 */
key: RestoreKey, };

/**
 * How far a restore has come.
 */
export type RestoreStateView = { 
/**
 * It runs.
 */
running: BackupJobView | null, 
/**
 * It took its place; sign in.
 */
restored: boolean, 
/**
 * Why the last one did not; the record is as it was.
 */
problem: ErrorView | null, };

/**
 * Withdraws a signed report; what it said is kept.
 */
export type RetractReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The doctor's password, again.
 */
password: string, 
/**
 * At least two different ones.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * Marks a scan as entered in error: it leaves the lists and stays in the history.
 */
export type RetractScanRequest = { 
/**
 * Which.
 */
id: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Answers a review task.
 */
export type ReviewOpeningRequest = { 
/**
 * Which.
 */
id: string, 
/**
 * What was found.
 */
outcome: ReviewOutcome, 
/**
 * In words.
 */
words: string, };

/**
 * What a review found.
 */
export type ReviewOutcome = "justified" | "not_justified";

/**
 * A page of phrases to review.
 */
export type ReviewPage = { 
/**
 * They.
 */
rows: Array<ReviewRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, 
/**
 * The languages that the one who asks was named for.
 */
progress: Array<ReviewProgress>, };

/**
 * A page of phrases to review.
 */
export type ReviewPageRequest = { 
/**
 * The language to review against English.
 */
language: Language, 
/**
 * Only those that nobody stands behind yet.
 */
only_open: boolean, 
/**
 * Only those with all of these words; empty for all.
 */
query: string, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * How far the review of a language has come.
 */
export type ReviewProgress = { 
/**
 * Which language.
 */
language: Language, 
/**
 * Phrases in the book.
 */
phrases: number, 
/**
 * Of these by a professional translator.
 */
professional: number, 
/**
 * Of the others approved here.
 */
approved: number, };

/**
 * A phrase to review.
 */
export type ReviewRow = { 
/**
 * Its key.
 */
phrase: string, 
/**
 * Key of its situation.
 */
situation: string, 
/**
 * In English.
 */
english: string, 
/**
 * In the language.
 */
text: string, 
/**
 * SHA-256 of exactly these texts and of what fills their blanks, hexadecimal.
 */
hash: string, 
/**
 * Who stands behind it.
 */
standing: Standing, };

/**
 * A review.
 */
export type ReviewView = { 
/**
 * What was found.
 */
outcome: ReviewOutcome, 
/**
 * In words.
 */
words: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * An account, and the languages whose phrases it may approve.
 */
export type ReviewerView = { 
/**
 * Who.
 */
user_id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Languages; none: no reviewer.
 */
languages: Array<Language>, };

/**
 * A signed revision with what it said.
 */
export type RevisionView = { 
/**
 * What it said.
 */
content: ReportContent, 
/**
 * What it added, corrected or withdrew.
 */
addendum: AddendumView | null, 
/**
 * From 1.
 */
revision: number, 
/**
 * What the report became by it.
 */
becomes: ReportState, 
/**
 * Shown name of who signed.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Why, for a correction and a withdrawal.
 */
reason: string, 
/**
 * SHA-256 of what was signed, hex.
 */
sha256: string, 
/**
 * The clinic's public report key, hex.
 */
key: string, };

/**
 * The four roles (mission.md, permission matrix).
 */
export type Role = "administrator" | "doctor" | "patient" | "pharmacist";

/**
 * Makes this computer's secret anew.
 */
export type RotateKeysRequest = { 
/**
 * The administrator's own password.
 */
password: string, 
/**
 * Where the secret lies in a key file under a passphrase: that passphrase, or another.
 */
passphrase: string | null, };

/**
 * A rule of writing that a field breaks.
 */
export type Rule = "required" | "number" | "comma" | "trailing_zero" | "leading_zero" | "unit" | "unit_in_full" | "abbreviation" | "form_route" | "form_unit" | "strengths" | "range" | "too_long";

/**
 * Writes a label to disk.
 */
export type SaveLabelRequest = { 
/**
 * Which prescription.
 */
prescription_id: string, 
/**
 * Of what was given out.
 */
fact_id: string, 
/**
 * In which language.
 */
language: Language, 
/**
 * Where to.
 */
path: string, };

/**
 * Keeps a short word of one's own, in place of the one with this name.
 */
export type SaveMacroRequest = { 
/**
 * Lower-case letters, digits and hyphens, at most 40.
 */
name: string, 
/**
 * What it stands for.
 */
text: string, };

/**
 * Keeps a mark; with an `id`, in place of that one.
 */
export type SaveMarkRequest = { 
/**
 * On which scan.
 */
scan_id: string, 
/**
 * The mark it replaces.
 */
replaces: string | null, 
/**
 * Frame, from 0.
 */
frame: number, 
/**
 * Tool.
 */
tool: MarkTool, 
/**
 * Points.
 */
points: Array<[number, number]>, 
/**
 * Text.
 */
text: string, };

/**
 * Keeps what the doctor wrote.
 */
export type SaveNoteRequest = { 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * The version that is on the screen; none where there is no note yet.
 */
over: number | null, 
/**
 * The sentences that stand, in order. What was struck out stays, named or not.
 */
lines: Array<NoteLine>, };

/**
 * Writes one's own report to disk, sealed with a passphrase of one's own.
 */
export type SaveOwnReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * The patient's own.
 */
passphrase: string, 
/**
 * Where.
 */
path: string, };

/**
 * Writes a file to disk.
 */
export type SaveReportFileRequest = { 
/**
 * Which report.
 */
report_id: string, 
/**
 * As what.
 */
kind: ReportFileKind, 
/**
 * Where.
 */
path: string, 
/**
 * Somebody looked at the pixels and saw no name in them: due for a copy without the person where
 * names are often burned in.
 */
pixels_looked_at: boolean, };

/**
 * Saves what was written so far.
 */
export type SaveReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * The edit it stands on.
 */
edit: number, 
/**
 * What is written now.
 */
content: ReportContent, };

/**
 * Changes the clinic's settings.
 */
export type SaveSettingsRequest = { 
/**
 * The clinic's name.
 */
clinic_name: string, 
/**
 * 1–60.
 */
idle_minutes_clinical: number, 
/**
 * 1–60.
 */
idle_minutes_admin: number, 
/**
 * Every new scan is read by the default pack as it arrives.
 */
read_on_import: boolean, 
/**
 * Lines under the clinic's name on reports: at most 8.
 */
letterhead: Array<string>, };

/**
 * Keeps the transcript as a file.
 */
export type SaveTranscriptRequest = { 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * Where, as chosen in the system's dialog.
 */
path: string, };

/**
 * Says something.
 */
export type SayRequest = { 
/**
 * Where.
 */
consultation_id: string, 
/**
 * Made by the screen: asked again with the same id, it is said once.
 */
message_id: string, 
/**
 * The doctor, or whoever sits across the desk.
 */
participant_id: string, 
/**
 * The words, in that person's language.
 */
text: string, 
/**
 * The phrase they are, if picked from the phrasebook.
 */
phrase: PhraseUse | null, };

/**
 * What the corners of the image say.
 */
export type ScanFacts = { 
/**
 * `dicom`, `png`, `jpeg` or `tiff`.
 */
format: string, 
/**
 * Modality.
 */
modality: string, 
/**
 * Institution.
 */
institution: string | null, 
/**
 * Study description.
 */
study_description: string | null, 
/**
 * Series description.
 */
series_description: string | null, 
/**
 * `YYYY-MM-DD`.
 */
study_date: string | null, 
/**
 * `HH:MM`.
 */
study_time: string | null, 
/**
 * Body part.
 */
body_part: string | null, 
/**
 * Side, `L` or `R`, as the file says.
 */
laterality: string | null, 
/**
 * `PA`, `AP`, `LL` …
 */
view_position: string | null, 
/**
 * Instance number.
 */
instance: number | null, 
/**
 * Slice thickness, mm.
 */
slice_thickness: number | null, 
/**
 * Slice location, mm.
 */
slice_location: number | null, 
/**
 * Transfer syntax, in words.
 */
encoding: string | null, };

/**
 * Names a scan.
 */
export type ScanRequest = { 
/**
 * Which.
 */
id: string, };

/**
 * A scan in a list.
 */
export type ScanRow = { 
/**
 * Id.
 */
id: string, 
/**
 * DICOM modality; `OT` for plain pictures.
 */
modality: string, 
/**
 * What it is called.
 */
description: string | null, 
/**
 * `YYYY-MM-DD` of the study, where the file says so.
 */
study_date: string | null, 
/**
 * Frames.
 */
frames: number, 
/**
 * Where it stands.
 */
status: Status, 
/**
 * When it was imported.
 */
imported: string, };

/**
 * A scan, ready for the reading room.
 */
export type ScanView = { 
/**
 * Which.
 */
id: string, 
/**
 * Whose.
 */
patient: PatientView, 
/**
 * How to draw it.
 */
pixels: PixelsView, 
/**
 * What the corners say.
 */
facts: ScanFacts, 
/**
 * Windows: the file's own first, then presets for the modality.
 */
windows: Array<WindowView>, 
/**
 * Edge letters of the unturned image; none where the data gives no orientation.
 */
edges: EdgesView | null, 
/**
 * Size of a pixel; none where the file does not say.
 */
spacing: SpacingView | null, 
/**
 * Scans of the same study in reading order, this one among them.
 */
siblings: Array<ScanRow>, 
/**
 * Measurements and notes.
 */
marks: Array<MarkView>, 
/**
 * Newest first.
 */
readings: Array<ReadingView>, 
/**
 * Newest first.
 */
verdicts: Array<VerdictView>, 
/**
 * Packs that may read this scan: id and name, the default first.
 */
models: Array<ModelOption>, 
/**
 * The clinician's priority.
 */
priority: Priority, 
/**
 * Where it stands.
 */
status: Status, };

/**
 * Seals the newest signed revision.
 */
export type SealReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * Chosen by the doctor; none for one that is made.
 */
passphrase: string | null, };

/**
 * A restricted record before it is opened: enough to know the person.
 */
export type SealedPatientView = { 
/**
 * Id.
 */
id: string, 
/**
 * The clinic's number.
 */
number: string, 
/**
 * Full name.
 */
name: string, 
/**
 * `YYYY-MM-DD`.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, 
/**
 * The treating doctor, who may be asked first.
 */
treating: string | null, };

/**
 * A file was sealed.
 */
export type SealedView = { 
/**
 * Which.
 */
file: ReportFileView, 
/**
 * Shown once; `reports.passphrase` tells it again.
 */
passphrase: string, };

/**
 * What can be found.
 */
export type SearchKind = "message" | "note" | "report";

/**
 * What a search is limited to.
 */
export type SearchLimits = { 
/**
 * Only these; empty for all.
 */
kinds: Array<SearchKind>, 
/**
 * Only this patient's; a patient finds their own only.
 */
patient_id: string | null, 
/**
 * From this moment on.
 */
from: string | null, 
/**
 * Before this moment.
 */
to: string | null, };

/**
 * What means much the same as the words.
 */
export type SearchMeaningRequest = { 
/**
 * Words or a sentence, at most 400 characters. They go to the engine that is set.
 */
words: string, 
/**
 * What it is limited to.
 */
limits: SearchLimits, };

/**
 * A page of what was found. It may be short although more follows: only `next` says.
 */
export type SearchPage = { 
/**
 * What was found.
 */
rows: Array<SearchRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, };

/**
 * A piece of a text as it stands.
 */
export type SearchPiece = { 
/**
 * The words.
 */
text: string, 
/**
 * They are what was asked for.
 */
found: boolean, };

/**
 * A page of what holds all the words, newest first.
 */
export type SearchRequest = { 
/**
 * Words, each the beginning of one in the text; `"words in a row"` as they stand. At most 400
 * characters.
 */
words: string, 
/**
 * What it is limited to.
 */
limits: SearchLimits, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * Something that was found.
 */
export type SearchRow = { 
/**
 * Where it is.
 */
place: FoundAt, 
/**
 * Whose.
 */
patient_id: string, 
/**
 * The clinic's own number of the patient.
 */
patient_number: string, 
/**
 * The patient's name.
 */
patient_name: string, 
/**
 * Birth date.
 */
birth_date: string | null, 
/**
 * Sex.
 */
sex: Sex, 
/**
 * Restricted record.
 */
restricted: boolean, 
/**
 * When it was said or signed.
 */
at: string, 
/**
 * Language of the excerpt; none for a note.
 */
language: Language | null, 
/**
 * Who stands behind it, where the excerpt is from a translation.
 */
provenance: Provenance | null, 
/**
 * Something stands before the excerpt.
 */
cut_before: boolean, 
/**
 * The part of the text that answers, piece by piece.
 */
pieces: Array<SearchPiece>, 
/**
 * Something stands after it.
 */
cut_after: boolean, };

/**
 * How far the search has come.
 */
export type SearchStateView = { 
/**
 * Older texts are still being added; what is new is found at once.
 */
behind: boolean, 
/**
 * The search by meaning; none where no engine for it is set, and then there are words only.
 */
meaning: MeaningView | null, };

/**
 * Seats the patient across the desk, on this screen.
 */
export type SeatRequest = { 
/**
 * At which consultation.
 */
consultation_id: string, 
/**
 * As they want to be called.
 */
name: string, 
/**
 * What they read.
 */
language: Language, };

/**
 * What a person shows beside the password.
 */
export type SecondFactor = "authenticator" | "email";

/**
 * A part of what was heard.
 */
export type SegmentView = { 
/**
 * Where it begins in the sound, milliseconds.
 */
from_ms: number, 
/**
 * Where it ends.
 */
to_ms: number, 
/**
 * The words.
 */
text: string, 
/**
 * The engine is not sure of them.
 */
doubtful: boolean, };

/**
 * Sends the newest sealed file of a report.
 */
export type SendReportRequest = { 
/**
 * Which report: final, amended or appended, with a sealed file of its newest revision.
 */
report_id: string, 
/**
 * To whom: 1–20; each gets a message of their own.
 */
recipients: Array<Recipient>, 
/**
 * Identifiers of the patient that the person compared: two at least.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * The session of this window.
 */
export type SessionView = { 
/**
 * Who is signed in.
 */
user_id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Role.
 */
role: Role, 
/**
 * For a patient's account: whose record it is bound to.
 */
patient_id: string | null, 
/**
 * The clinic's name.
 */
clinic_name: string, 
/**
 * Invented people only.
 */
demo: boolean, 
/**
 * Names of the commands that this role may call.
 */
commands: Array<string>, 
/**
 * Unguessable part of image addresses.
 */
grant: string, 
/**
 * Locked: nothing is shown until the password is given again.
 */
locked: boolean, 
/**
 * A PIN unlocks it.
 */
pin: boolean, 
/**
 * Minutes without a key or pointer until the window locks.
 */
idle_minutes: number, 
/**
 * When the session ends whatever happens.
 */
expires: string, 
/**
 * This person's preferences.
 */
preferences: Preferences, };

/**
 * Records what is known of allergies.
 */
export type SetAllergiesRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * What is known.
 */
allergies: Allergies, };

/**
 * Sets the engine for texts.
 */
export type SetEngineRequest = { 
/**
 * Where it is; with `none` the rest does not count, and the key is forgotten.
 */
preset: EnginePreset, 
/**
 * `https://…`; `http://` only on this machine.
 */
base_url: string, 
/**
 * The model that translates.
 */
model: string, 
/**
 * Asked where that one fails.
 */
fallback_model: string | null, 
/**
 * The model that writes notes and answers questions; none for nothing.
 */
writing_model: string | null, 
/**
 * The model that places texts by meaning; none for nothing.
 */
meaning_model: string | null, 
/**
 * A new key; empty to forget the one kept, none to leave it.
 */
key: string | null, 
/**
 * Seconds for one text: 1–600.
 */
timeout_s: number, };

/**
 * Sets the FHIR server.
 */
export type SetFhirRequest = { 
/**
 * `https://…`; `http://` only on this machine; empty: none.
 */
base_url: string, 
/**
 * A new key; empty to forget the one kept, none to leave it.
 */
token: string | null, };

/**
 * Somebody reads another language from now on.
 */
export type SetLanguageRequest = { 
/**
 * In which consultation.
 */
consultation_id: string, 
/**
 * The doctor, or whoever sits across the desk; guests choose on their phone.
 */
participant_id: string, 
/**
 * Which.
 */
language: Language, };

/**
 * Sets one's own PIN.
 */
export type SetPinRequest = { 
/**
 * Password.
 */
password: string, 
/**
 * 4–8 digits.
 */
pin: string, };

/**
 * Sets the clinician's priority.
 */
export type SetPriorityRequest = { 
/**
 * Of which scan.
 */
scan_id: string, 
/**
 * How soon.
 */
priority: Priority, 
/**
 * Why; may be empty for routine.
 */
reason: string, };

/**
 * Restricts a record, or opens it again.
 */
export type SetRestrictedRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * Restricted.
 */
restricted: boolean, 
/**
 * Why.
 */
reason: string, };

/**
 * Says which languages' phrases somebody may approve.
 */
export type SetReviewerRequest = { 
/**
 * Who.
 */
user_id: string, 
/**
 * These and no others; none: no reviewer any more.
 */
languages: Array<Language>, };

/**
 * Sets how e-mail is sent.
 */
export type SetSmtpRequest = { 
/**
 * Server; empty: e-mail is switched off, and the password forgotten.
 */
host: string, 
/**
 * Its port; 0 for the usual one of that encryption.
 */
port: number, 
/**
 * Encryption.
 */
security: SmtpSecurity, 
/**
 * Name of the account.
 */
user: string | null, 
/**
 * A new password; empty to forget the one kept, none to leave it.
 */
password: string | null, 
/**
 * The sender's address.
 */
from: string, 
/**
 * Where answers go, if elsewhere.
 */
reply_to: string | null, 
/**
 * Sends again what may have arrived already.
 */
resend_uncertain: boolean, };

/**
 * Sets what writes down voice notes.
 */
export type SetSpeechRequest = { 
/**
 * Who; with anything but `server` the key is forgotten.
 */
by: SpeechBy, 
/**
 * Address of a server of its own: `https://…`; `http://` only on this machine.
 */
base_url: string, 
/**
 * The model, where a server does it.
 */
model: string, 
/**
 * A new key for a server of its own; empty to forget the one kept, none to leave it.
 */
key: string | null, };

/**
 * Lets a person sign in, or not.
 */
export type SetUserEnabledRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * May sign in.
 */
enabled: boolean, };

/**
 * Gives a member of staff another role.
 */
export type SetUserRoleRequest = { 
/**
 * Who.
 */
id: string, 
/**
 * Which; a patient's account is made from their chart.
 */
role: Role, };

/**
 * Sets how WhatsApp messages are sent.
 */
export type SetWhatsAppRequest = { 
/**
 * The provider's address; empty: WhatsApp is switched off, and the key forgotten.
 */
base_url: string, 
/**
 * Id of the clinic's number there.
 */
sender_id: string, 
/**
 * A new key; empty to forget the one kept, none to leave it.
 */
token: string | null, };

/**
 * The clinic's settings.
 */
export type SettingsView = { 
/**
 * The clinic's name.
 */
clinic_name: string, 
/**
 * Minutes until a clinical window locks.
 */
idle_minutes_clinical: number, 
/**
 * Minutes until an administrator's window locks.
 */
idle_minutes_admin: number, 
/**
 * Every new scan is read by the default pack as it arrives.
 */
read_on_import: boolean, 
/**
 * Lines under the clinic's name on reports.
 */
letterhead: Array<string>, 
/**
 * Where the device's secret is kept.
 */
key_store: KeyStore, 
/**
 * The recovery phrase was confirmed after it was shown.
 */
recovery_confirmed: boolean, 
/**
 * Folder of the record.
 */
folder: string, 
/**
 * Bytes of the database.
 */
database_bytes: number, 
/**
 * Bytes of the vault.
 */
vault_bytes: number, 
/**
 * Bytes free on that disk.
 */
free_bytes: number, };

/**
 * Where this workstation stands.
 */
export type SetupState = "new" | "recovery_unconfirmed" | "ready" | "passphrase_needed";

/**
 * The state of this workstation, as anybody in front of it may know.
 */
export type SetupStatus = { 
/**
 * What is due.
 */
state: SetupState, 
/**
 * The clinic's name, where there is one.
 */
clinic_name: string | null, 
/**
 * Invented people and freely licensed sample scans only.
 */
demo: boolean, 
/**
 * Sign-in of the demo clinic's accounts; empty in a real one.
 */
demo_accounts: Array<DemoAccount>, 
/**
 * Where the device's secret is, or would be, kept.
 */
key_store: KeyStore, 
/**
 * The program's version.
 */
version: string, 
/**
 * The last backup that a trial restore proved, for the day on which the record does not open.
 */
last_backup: LastBackupView | null, };

/**
 * How grave a reaction was.
 */
export type Severity = "mild" | "moderate" | "severe" | "unknown";

/**
 * Administrative sex (DICOM (0010,0040), FHIR administrative-gender).
 */
export type Sex = "female" | "male" | "other" | "unknown";

/**
 * A share with its 95 % interval (Wilson 1927).
 */
export type ShareView = { 
/**
 * Key: a class, or a DICOM modality.
 */
key: string, 
/**
 * Shown name, where it has one.
 */
name: string | null, 
/**
 * Of how many.
 */
of: number, 
/**
 * How many.
 */
hits: number, 
/**
 * Lower end of the interval, 0–1.
 */
low: number, 
/**
 * Upper end.
 */
high: number, };

/**
 * Signs a person in at this window.
 */
export type SignInRequest = { 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Password.
 */
password: string, 
/**
 * The code of the second factor, or a recovery code, once it was asked for.
 */
code: string | null, };

/**
 * Signs a note.
 */
export type SignNoteRequest = { 
/**
 * Which.
 */
note_id: string, 
/**
 * The version that is on the screen.
 */
version: number, 
/**
 * Why: needed where a signed one is corrected.
 */
reason: string, 
/**
 * The signer's password.
 */
password: string, 
/**
 * At least two different ones.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * Signs an order.
 */
export type SignPrescriptionRequest = { 
/**
 * The id that the order began with.
 */
prescription_id: string, 
/**
 * For whom.
 */
patient_id: string, 
/**
 * As it is typed.
 */
order: OrderForm, 
/**
 * One for each warning.
 */
overrides: Array<WarningOverride>, 
/**
 * At least two identifiers that were read and compared.
 */
confirmed: Array<ConfirmedIdentifier>, 
/**
 * The doctor's password.
 */
password: string, };

/**
 * Signs the open draft.
 */
export type SignReportRequest = { 
/**
 * Which.
 */
report_id: string, 
/**
 * The edit that was read.
 */
edit: number, 
/**
 * [`PreviewView::stamp`] of the pages that were read.
 */
stamp: string, 
/**
 * `preliminary` or `final`; `amended` for a correction.
 */
becomes: ReportState, 
/**
 * The doctor's password, again.
 */
password: string, 
/**
 * At least two different ones.
 */
confirmed: Array<ConfirmedIdentifier>, };

/**
 * A person who is signed in on this workstation.
 */
export type SignedInView = { 
/**
 * Who.
 */
user_id: string, 
/**
 * Their shown name; none for a patient's account.
 */
name: string | null, 
/**
 * Role.
 */
role: Role, 
/**
 * Label of the window; none where it was closed.
 */
window: string | null, 
/**
 * It is this window.
 */
here: boolean, 
/**
 * The window is locked.
 */
locked: boolean, 
/**
 * Signed in since.
 */
since: string, 
/**
 * Last key or pointer.
 */
active: string, };

/**
 * A signed revision in short.
 */
export type SigningView = { 
/**
 * From 1.
 */
revision: number, 
/**
 * What the report became by it.
 */
becomes: ReportState, 
/**
 * Shown name of who signed.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Why, for a correction and a withdrawal.
 */
reason: string, 
/**
 * SHA-256 of what was signed, hex.
 */
sha256: string, 
/**
 * The clinic's public report key, hex.
 */
key: string, };

/**
 * A situation.
 */
export type SituationView = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its title in the speaker's language.
 */
title: string, 
/**
 * How many phrases it has for the one who speaks.
 */
phrases: number, };

/**
 * Something that fills a blank.
 */
export type SlotValueView = { 
/**
 * Its key.
 */
key: string, 
/**
 * In the speaker's language.
 */
text: string, 
/**
 * In the listener's language.
 */
translation: string, };

/**
 * A blank in a phrase.
 */
export type SlotView = { 
/**
 * Its name in the text.
 */
name: string, 
/**
 * What it takes; empty for a number: digits as typed.
 */
values: Array<SlotValueView>, };

/**
 * How the line to a mail server is encrypted.
 */
export type SmtpSecurity = "start_tls" | "tls" | "none";

/**
 * How e-mail is sent.
 */
export type SmtpView = { 
/**
 * Server.
 */
host: string, 
/**
 * Its port.
 */
port: number, 
/**
 * Encryption.
 */
security: SmtpSecurity, 
/**
 * Name of the account; none where the server asks for none.
 */
user: string | null, 
/**
 * Whether a password is kept; it is never shown.
 */
has_password: boolean, 
/**
 * The sender's address.
 */
from: string, 
/**
 * Where answers go, if elsewhere.
 */
reply_to: string | null, 
/**
 * Sends again, with the same Message-ID, what may have arrived already.
 */
resend_uncertain: boolean, };

/**
 * A snapshot in the chosen folder.
 */
export type SnapshotRequest = { 
/**
 * Its name.
 */
name: string, };

/**
 * A snapshot.
 */
export type SnapshotView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its folder.
 */
folder: string, 
/**
 * When it was made.
 */
at: string, 
/**
 * The clinic's name.
 */
clinic_name: string, 
/**
 * Invented people only.
 */
demo: boolean, 
/**
 * Bytes of its database.
 */
database_bytes: number, 
/**
 * It says that a restore of it succeeded.
 */
verified: boolean, };

/**
 * Somebody who is signed in at another window of this workstation.
 */
export type SomebodyHereView = { 
/**
 * The window.
 */
window: string, 
/**
 * Shown name; none for a patient.
 */
name: string | null, 
/**
 * Role.
 */
role: Role, };

/**
 * A sealed sound at the relay: WAV, 16 kHz, one channel, 16 bit.
 */
export type Sound = { 
/**
 * SHA-256 of the sealed bytes, hexadecimal.
 */
sha256: string, 
/**
 * The blob's own key, 32 bytes.
 */
key: string, 
/**
 * How long it plays, milliseconds.
 */
ms: number, };

/**
 * A voice note.
 */
export type SoundView = { 
/**
 * How long it plays, milliseconds.
 */
ms: number, 
/**
 * Loudness from 0 to 100 in 64 equal parts, to draw it.
 */
peaks: Array<number>, 
/**
 * How it stands with its words, which are the message's text; none where no engine was asked.
 */
written: WrittenView | null, };

/**
 * A source of training data.
 */
export type SourceView = { 
/**
 * Name.
 */
name: string, 
/**
 * Licence.
 */
licence: string, 
/**
 * Images used.
 */
images: number, };

/**
 * What a pixel's size refers to (PS3.3 section 10.7.1.1).
 */
export type SpacingSource = "calibrated" | "imager_plane";

/**
 * Size of a pixel in mm.
 */
export type SpacingView = { 
/**
 * Between rows.
 */
row: number, 
/**
 * Between columns.
 */
column: number, 
/**
 * Calibrated in the patient, or only at the detector.
 */
source: SpacingSource, };

/**
 * What writes down voice notes.
 */
export type SpeechBy = "none" | "device" | "engine" | "server";

/**
 * A speech model on this machine.
 */
export type SpeechModelView = { 
/**
 * What its file was called.
 */
name: string, 
/**
 * Its size.
 */
bytes: number, 
/**
 * Its hash when it was installed.
 */
sha256: string, };

/**
 * What writes down voice notes, as it is set.
 */
export type SpeechSettingsView = { 
/**
 * Who.
 */
by: SpeechBy, 
/**
 * Address of a server of its own; empty otherwise.
 */
base_url: string, 
/**
 * The model, where a server does it; empty otherwise.
 */
model: string, 
/**
 * Whether a key for a server of its own is kept; it is never shown.
 */
has_key: boolean, 
/**
 * The model on this machine, also while something else writes.
 */
installed: SpeechModelView | null, };

/**
 * An invitation with its code, which is shown once.
 */
export type StaffInvitationView = { 
/**
 * The account.
 */
user_id: string, 
/**
 * Its sign-in name.
 */
login: string, 
/**
 * The code, in four groups.
 */
code: string, 
/**
 * Until when it is good.
 */
expires: string, 
/**
 * The address that the code was sent to, where the mail server took it.
 */
sent_to: string | null, 
/**
 * Why it was not sent.
 */
problem: ErrorView | null, };

/**
 * Who stands behind a phrase in a language.
 */
export type Standing = { "state": "unreviewed" } | { "state": "professional", 
/**
 * Where the translation is from.
 */
source: string, } | { "state": "approved", 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: string, } | { "state": "changed", 
/**
 * By whom it was.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * Opens a consultation on a patient's chart.
 */
export type StartConsultationRequest = { 
/**
 * With whom.
 */
patient_id: string, 
/**
 * What the doctor reads and writes.
 */
language: Language, };

/**
 * Begins a report, filled from what the record knows and the doctor said.
 */
export type StartReportRequest = { 
/**
 * About which scan.
 */
scan_id: string, 
/**
 * With the AI section of this reading; none for the one that the newest verdict is about.
 */
reading_id: string | null, 
/**
 * Key of a template.
 */
template: string | null, 
/**
 * Language of the headings.
 */
language: Language, };

/**
 * A stretch of time up to now.
 */
export type StatisticsRequest = { 
/**
 * How many days or weeks: 1–366.
 */
steps: number, 
/**
 * Which.
 */
step: Step, };

/**
 * Everything that is counted over a stretch of time.
 */
export type StatisticsView = { 
/**
 * From.
 */
from: string, 
/**
 * Up to, without it.
 */
to: string, 
/**
 * Scans imported and not retracted.
 */
scans: Array<BucketView>, 
/**
 * Consultations that began.
 */
consultations: Array<BucketView>, 
/**
 * Reports that became final.
 */
reports: Array<BucketView>, 
/**
 * What readings found likeliest.
 */
classes: Array<ClassCountView>, 
/**
 * From import to final report.
 */
turnaround: TurnaroundView, 
/**
 * Accounts as they are now.
 */
accounts: Array<AccountCountView>, };

/**
 * Where a scan stands.
 */
export type Status = "imported" | "read" | "verified" | "reported" | "delivered";

/**
 * How many scans stand where.
 */
export type StatusCounts = { 
/**
 * Imported.
 */
imported: number, 
/**
 * Read.
 */
read: number, 
/**
 * Verified.
 */
verified: number, 
/**
 * Reported.
 */
reported: number, 
/**
 * Delivered.
 */
delivered: number, };

/**
 * How long a bar of a chart is.
 */
export type Step = "day" | "week";

/**
 * Stops a medicine.
 */
export type StopPrescriptionRequest = { 
/**
 * Made by the screen, so that it is done once.
 */
fact_id: string, 
/**
 * Which prescription.
 */
prescription_id: string, 
/**
 * How many facts were on the screen.
 */
over: number, 
/**
 * Why.
 */
reason: string, };

/**
 * One check of the storage.
 */
export type StorageCheck = { 
/**
 * Key of what was tried (`check.<key>`): `keychain`, `database`, `vault`, `space`, `journal`.
 */
name: string, 
/**
 * It works.
 */
ok: boolean, 
/**
 * What failed.
 */
problem: ErrorView | null, };

/**
 * One visit to a scanner.
 */
export type StudyView = { 
/**
 * Id.
 */
id: string, 
/**
 * When it was made, where the file says so.
 */
date: string | null, 
/**
 * What it is called.
 */
description: string | null, 
/**
 * DICOM modality, e.g. `DX`; `OT` for plain pictures.
 */
modality: string, 
/**
 * Its scans in reading order.
 */
scans: Array<ScanRow>, };

/**
 * A name as far as it is typed.
 */
export type SuggestMedicineRequest = { 
/**
 * The beginning of a name.
 */
typed: string, };

/**
 * Asks for phrases that come close to a text.
 */
export type SuggestRequest = { 
/**
 * The text.
 */
text: string, 
/**
 * What it is written in.
 */
language: Language, 
/**
 * What the listener reads.
 */
reading_language: Language, 
/**
 * At most 10.
 */
limit: number, };

/**
 * A phrase that comes close.
 */
export type SuggestionView = { 
/**
 * The phrase, with the slots that the text filled.
 */
phrase: PhraseUse, 
/**
 * In the speaker's language; slots that are not filled as `{name}`.
 */
text: string, 
/**
 * In the listener's language.
 */
translation: string, 
/**
 * Who stands behind the translation.
 */
provenance: Provenance, };

/**
 * What a cached answer is about; writes name what they make stale.
 */
export type Tag = "session" | "setup" | "users" | "patients" | "chart" | "worklist" | "scan" | "imports" | "models" | "agreement" | "journal" | "settings" | "consultations" | "messages" | "phrases" | "relay" | "engine" | "reports" | "outbox" | "delivery" | "macros" | "notes" | "prescriptions" | "backup" | "export" | "break_glass";

/**
 * Takes back what was given out.
 */
export type TakeBackRequest = { 
/**
 * Made by the screen, so that it is done once.
 */
fact_id: string, 
/**
 * Which prescription.
 */
prescription_id: string, 
/**
 * How many facts were on the screen.
 */
over: number, 
/**
 * How much, in the unit of the quantity.
 */
amount: string, 
/**
 * Why.
 */
reason: string, };

/**
 * A text to begin with. It is English, whatever the language of the headings.
 */
export type TemplateView = { 
/**
 * Key.
 */
key: string, 
/**
 * What it is for.
 */
name: string, 
/**
 * Modalities that it is for; any where there are none.
 */
modalities: Array<string>, 
/**
 * Title of the exam.
 */
title: string, 
/**
 * The words.
 */
text: ReportText, };

/**
 * Asks for templates.
 */
export type TemplatesRequest = { 
/**
 * Only those for this modality, and those for any.
 */
modality: string | null, };

/**
 * Tries one part.
 */
export type TestEngineRequest = { 
/**
 * Which.
 */
part: EnginePart, };

/**
 * Tries the mail server as it is set.
 */
export type TestSmtpRequest = { 
/**
 * Sends one message without any patient's data to this address, too: the person's own.
 */
send_to: string | null, };

/**
 * Colours of the screens.
 */
export type Theme = "system" | "light" | "dark" | "reading_room";

/**
 * What speaks for one person, or against it.
 */
export type Trait = "same_id" | "same_name" | "same_words" | "sounds_alike" | "spelt_alike" | "part_of_name" | "same_birth" | "day_month_swapped" | "one_digit" | "birth_unknown" | "same_sex" | "other_sex";

/**
 * The words of a voice note.
 */
export type Transcript = { 
/**
 * Of which message.
 */
id: string, 
/**
 * What it was said in.
 */
language: Language, 
/**
 * The words.
 */
text: string, 
/**
 * Who stands behind them.
 */
writing: Writing, };

/**
 * What was said, in both languages, as a text file to save or print.
 */
export type TranscriptView = { 
/**
 * Suggested file name; no person's data.
 */
file_name: string, 
/**
 * Self-contained HTML, each message in its own words and below them in the other language.
 */
html: string, };

/**
 * Asks for a message in one more language, or anew.
 */
export type TranslateRequest = { 
/**
 * In which consultation.
 */
consultation_id: string, 
/**
 * Which message.
 */
message_id: string, 
/**
 * Into what.
 */
language: Language, };

/**
 * A message in another language.
 */
export type Translation = { 
/**
 * Into what.
 */
language: Language, 
/**
 * The words; empty where `provenance` is `not_translated`, and while it is held.
 */
text: string, 
/**
 * Who stands behind it.
 */
provenance: Provenance, 
/**
 * A machine translated it and something differs from the message: the doctor looks at it first.
 */
held?: boolean, };

/**
 * A message in another language.
 */
export type TranslationView = { 
/**
 * Into what.
 */
language: Language, 
/**
 * The words; empty where there is no translation.
 */
text: string, 
/**
 * Who stands behind it.
 */
provenance: Provenance, 
/**
 * Whether another try is under way.
 */
pending: boolean, 
/**
 * What differs from the message, where the guard found anything.
 */
check: CheckView | null, };

/**
 * For how long.
 */
export type TreatmentDuration = { 
/**
 * From 1.
 */
number: number, 
/**
 * Of what.
 */
unit: DurationUnit, };

/**
 * A delivery in trouble.
 */
export type TroubleRow = { 
/**
 * Whose report.
 */
patient_name: string, 
/**
 * The delivery.
 */
delivery: DeliveryView, };

/**
 * How many reports took so long.
 */
export type TurnaroundBand = { 
/**
 * Longer than so many milliseconds.
 */
over_ms: number | null, 
/**
 * No longer than; none for the last.
 */
up_to_ms: number | null, 
/**
 * Reports.
 */
count: number, };

/**
 * From import to final report.
 */
export type TurnaroundView = { 
/**
 * Reports that became final.
 */
reports: number, 
/**
 * Half of them took no longer.
 */
median_ms: number | null, 
/**
 * Nine of ten took no longer.
 */
p90_ms: number | null, 
/**
 * By how long it took.
 */
bands: Array<TurnaroundBand>, };

/**
 * A recording that a crash cut off.
 */
export type UnfinishedView = { 
/**
 * Who spoke.
 */
participant_id: string, 
/**
 * How long it plays, milliseconds.
 */
ms: number, };

/**
 * Unlocks this window for the person who locked it.
 */
export type UnlockRequest = { 
/**
 * Password.
 */
password: string, };

/**
 * Takes a merge back.
 */
export type UnmergeRequest = { 
/**
 * Which.
 */
merge_id: string, 
/**
 * Why.
 */
reason: string, };

/**
 * A merge that was taken back.
 */
export type UnmergedView = { 
/**
 * Why.
 */
reason: string, 
/**
 * Shown name of who did it.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * A note that waits for its signature.
 */
export type UnsignedNote = { 
/**
 * Note.
 */
id: string, 
/**
 * Of which consultation.
 */
consultation_id: string, 
/**
 * Whose.
 */
patient_id: string, 
/**
 * Their number.
 */
patient_number: string, 
/**
 * Their name.
 */
patient_name: string, 
/**
 * It was signed before and has been corrected since.
 */
again: boolean, 
/**
 * When it was last written.
 */
at: string, };

/**
 * Names a person.
 */
export type UserRequest = { 
/**
 * Who.
 */
id: string, };

/**
 * An account.
 */
export type UserView = { 
/**
 * Id.
 */
id: string, 
/**
 * Sign-in name.
 */
login: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * May sign in.
 */
enabled: boolean, 
/**
 * For a patient's account.
 */
patient_id: string | null, 
/**
 * When it was made.
 */
created: string, 
/**
 * Last sign-in.
 */
last_sign_in: string | null, 
/**
 * When the account was removed.
 */
removed: string | null, };

/**
 * A verdict in short.
 */
export type VerdictSummary = { 
/**
 * Agrees with the reading.
 */
agrees: boolean, 
/**
 * The corrected class, shown name.
 */
class: string | null, 
/**
 * Shown name of the clinician.
 */
by: string, };

/**
 * A clinician's verdict.
 */
export type VerdictView = { 
/**
 * Id.
 */
id: string, 
/**
 * Of which scan.
 */
scan_id: string, 
/**
 * About which reading.
 */
reading_id: string | null, 
/**
 * Agrees.
 */
agrees: boolean, 
/**
 * The right class.
 */
class: string | null, 
/**
 * Region.
 */
region: Array<[number, number]> | null, 
/**
 * Words.
 */
comment: string, 
/**
 * Shown name of the clinician.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * How often clinicians agreed with one version of a model, in every way it is told.
 */
export type VersionAgreement = { 
/**
 * Pack.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * SHA-256 of the model file, hex.
 */
sha256: string, 
/**
 * Readings in all.
 */
readings: number, 
/**
 * Of which not assessed.
 */
not_assessed: number, 
/**
 * All verdicts.
 */
all: ShareView, 
/**
 * By the class that the model held most probable.
 */
by_class: Array<ShareView>, 
/**
 * By DICOM modality.
 */
by_modality: Array<ShareView>, 
/**
 * None where it says nothing: too few verdicts, or all of one class.
 */
kappa: KappaView | null, 
/**
 * Its classes.
 */
classes: Array<ClassName>, 
/**
 * What the model and the clinician said, each against the other.
 */
pairs: Array<PairCount>, };

/**
 * Whether the scores of one version of a model have moved.
 */
export type VersionDrift = { 
/**
 * Pack.
 */
model_id: string, 
/**
 * Version.
 */
version: string, 
/**
 * SHA-256 of the model file, hex.
 */
sha256: string, 
/**
 * Assessed readings.
 */
readings: number, 
/**
 * How many of the first ones are compared with, and how many each window holds.
 */
first: number, 
/**
 * Mean score of the first ones; none where there are too few.
 */
first_mean: number | null, 
/**
 * Windows after them, oldest first; the last may reach back into the one before.
 */
windows: Array<DriftWindow>, 
/**
 * What the newest window says.
 */
drift: Drift, };

/**
 * Somebody in the waiting room.
 */
export type WaitingView = { 
/**
 * The id they will have.
 */
id: string, 
/**
 * As they want to be called.
 */
name: string, 
/**
 * What they read.
 */
language: Language, 
/**
 * Since when.
 */
since: string, 
/**
 * Four emoji to compare; none until the phone has answered.
 */
code: [string, string, string, string] | null, 
/**
 * Came by a link whose guest is in already: a second device.
 */
second_device: boolean, 
/**
 * Connected now.
 */
here: boolean, };

/**
 * What speaks against it.
 */
export type WarningKind = "allergy" | "duplicate" | "interaction";

/**
 * Why a warning does not hold here.
 */
export type WarningOverride = { 
/**
 * Of which warning.
 */
key: string, 
/**
 * Why: 1–500 characters.
 */
reason: string, };

/**
 * A link or a code.
 */
export type Way = { "kind": "link", 
/**
 * The address; it is a key: whoever has it may knock.
 */
url: string, 
/**
 * SVG of the code.
 */
qr: string, } | { "kind": "spoken", 
/**
 * The page where it is typed.
 */
page: string, 
/**
 * Ten digits in groups.
 */
code: string, };

/**
 * How WhatsApp messages are sent.
 */
export type WhatsAppView = { 
/**
 * The provider's address.
 */
base_url: string, 
/**
 * Id of the clinic's number there.
 */
sender_id: string, 
/**
 * Whether a key is kept; it is never shown.
 */
has_token: boolean, };

/**
 * What a check found whole.
 */
export type WholeView = { 
/**
 * Bytes of the database and its files.
 */
bytes: number, 
/**
 * Files, each read back.
 */
files: number, 
/**
 * Rows of the journal.
 */
journal_rows: number, };

/**
 * Where a window comes from.
 */
export type WindowSource = "file" | "auto" | "preset";

/**
 * A window.
 */
export type WindowView = { 
/**
 * The file's own explanation, or the preset's key in the catalogue (`window.<label>`).
 */
label: string, 
/**
 * Where it comes from.
 */
source: WindowSource, 
/**
 * Centre (level), in rescaled units.
 */
centre: number, 
/**
 * Width, above 0.
 */
width: number, };

/**
 * Takes an approval back.
 */
export type WithdrawRequest = { 
/**
 * The phrase's key.
 */
phrase: string, 
/**
 * Which language.
 */
language: Language, };

/**
 * A page of the worklist.
 */
export type WorklistPage = { 
/**
 * Scans.
 */
rows: Array<WorklistRow>, 
/**
 * For the next page; none at the end.
 */
next: string | null, 
/**
 * How many scans stand where, before the filter by status.
 */
counts: StatusCounts, };

/**
 * A page of the worklist: the clinician's priority first, then the AI's urgency, then age.
 */
export type WorklistRequest = { 
/**
 * Only these.
 */
status: Status | null, 
/**
 * Only this DICOM modality.
 */
modality: string | null, 
/**
 * Words of the patient's name, or a number.
 */
query: string, 
/**
 * Only this patient.
 */
patient_id: string | null, 
/**
 * Only scans that a model put above its operating point and nobody gave a verdict on.
 */
only_above: boolean, 
/**
 * From the page before.
 */
cursor: string | null, 
/**
 * At most 200.
 */
limit: number, };

/**
 * A scan on the worklist.
 */
export type WorklistRow = { 
/**
 * Scan.
 */
scan_id: string, 
/**
 * Whose.
 */
patient: PatientRow, 
/**
 * Modality.
 */
modality: string, 
/**
 * What it is called.
 */
description: string | null, 
/**
 * `YYYY-MM-DD`.
 */
study_date: string | null, 
/**
 * When it was imported.
 */
imported: string, 
/**
 * Frames.
 */
frames: number, 
/**
 * Where it stands.
 */
status: Status, 
/**
 * The clinician's priority.
 */
priority: Priority, 
/**
 * Why it has that priority.
 */
priority_reason: string | null, 
/**
 * The newest reading in short.
 */
reading: ReadingSummary | null, 
/**
 * The newest verdict in short.
 */
verdict: VerdictSummary | null, };

/**
 * Has a voice note written down.
 */
export type WriteDownRequest = { 
/**
 * In which consultation.
 */
consultation_id: string, 
/**
 * Which message.
 */
message_id: string, };

/**
 * How a voice note stands with its words.
 */
export type Writing = "waiting" | "not_written" | "no_speech" | "machine" | "corrected";

/**
 * How a voice note stands with its words.
 */
export type WrittenState = "waiting" | "written" | "no_speech" | "failed" | "corrected";

/**
 * How a voice note was written down.
 */
export type WrittenView = { 
/**
 * How it stands.
 */
state: WrittenState, 
/**
 * What an engine heard, by its time in the sound.
 */
segments: Array<SegmentView>, 
/**
 * Name of the engine.
 */
engine: string | null, 
/**
 * The sound did not leave this machine for it.
 */
on_device: boolean, 
/**
 * The language that the engine heard, where it is not the speaker's.
 */
heard: Language | null, 
/**
 * Sentence of why it failed, from the catalogue.
 */
problem: string | null, 
/**
 * Who corrected it.
 */
by: string | null, 
/**
 * Since when it stands so.
 */
at: string, };
