// Made by `cargo xtask bindings` from the command table; do not edit.
import type * as T from './types';

/** What a person can do: command → request and response. */
export interface Commands {
  /** Tells where this workstation stands. */
  'setup.status': { request: null; response: T.SetupStatus };
  /** Lists the model packs that the wizard offers. */
  'setup.models': { request: null; response: Array<T.ModelView> };
  /** Shows the card of a pack that the wizard offers. */
  'setup.model_card': { request: T.ModelRequest; response: T.CardView };
  /** Makes a clinic with its administrator and shows the recovery phrase, once. */
  'setup.create': { request: T.CreateClinicRequest; response: T.RecoveryPhraseView };
  /** Shows that the recovery phrase was written down. */
  'setup.confirm_recovery': { request: T.ConfirmRecoveryRequest; response: null };
  /** Makes a demo clinic: four accounts, invented patients, freely licensed scans. */
  'setup.demo': { request: null; response: T.SetupStatus };
  /** Opens the device's key file. */
  'setup.passphrase': { request: T.PassphraseRequest; response: null };
  /** Gives an administrator a new password by the recovery phrase. */
  'setup.recover': { request: T.RecoverRequest; response: null };
  /** Lists the backups in a folder. */
  'setup.find_backups': { request: T.FindBackupsRequest; response: Array<T.SnapshotView> };
  /** Brings a backup back, in the background; what was here is kept aside. */
  'setup.restore': { request: T.RestoreRequest; response: T.RestoreStateView };
  /** Shows how far a restore has come, or how it ended. */
  'setup.restore_state': { request: null; response: T.RestoreStateView };
  /** Stops a restore; the record stays as it is. */
  'setup.cancel_restore': { request: null; response: T.RestoreStateView };
  /** Signs a person in at this window. */
  'session.sign_in': { request: T.SignInRequest; response: T.SessionView };
  /** Tells who is signed in at this window. */
  'session.current': { request: null; response: T.SessionView | null };
  /** Says that the person is there, so that the session is renewed. */
  'session.touch': { request: null; response: null };
  /** Locks this window. */
  'session.lock': { request: null; response: null };
  /** Unlocks this window by the PIN, within a shift. */
  'session.unlock_with_pin': { request: T.PinRequest; response: T.SessionView };
  /** Joins by an invitation's code and chooses a password. */
  'session.join': { request: T.JoinRequest; response: null };
  /** Tells how good a password is, and what would make it better. */
  'session.password_strength': { request: T.PasswordStrengthRequest; response: T.PasswordStrengthView };
  /** Tells who else is signed in on this workstation, at windows behind this one. */
  'session.people': { request: null; response: Array<T.SomebodyHereView> };
  /** Unlocks this window. */
  'session.unlock': { request: T.UnlockRequest; response: T.SessionView };
  /** Signs the person out. */
  'session.sign_out': { request: null; response: null };
  /** Changes one's own password. */
  'session.change_password': { request: T.ChangePasswordRequest; response: null };
  /** Shows one's own account: second factor, recovery codes, PIN, signed-in windows. */
  'session.account': { request: null; response: T.OwnAccountView };
  /** Begins to set up an authenticator app. */
  'session.begin_authenticator': { request: T.PasswordRequest; response: T.AuthenticatorView };
  /** Begins to set up codes by e-mail: sends the first. */
  'session.begin_email_codes': { request: T.BeginEmailCodesRequest; response: null };
  /** Turns on the second factor that was begun, by a code, and shows the recovery codes, once. */
  'session.confirm_factor': { request: T.CodeRequest; response: T.RecoveryCodesView };
  /** Turns one's own second factor off. */
  'session.remove_factor': { request: T.PasswordRequest; response: null };
  /** Makes ten new recovery codes and shows them, once. */
  'session.renew_codes': { request: T.PasswordRequest; response: T.RecoveryCodesView };
  /** Sets one's own PIN. */
  'session.set_pin': { request: T.SetPinRequest; response: null };
  /** Takes one's own PIN away. */
  'session.remove_pin': { request: null; response: null };
  /** Signs one's other window out. */
  'session.end_window': { request: T.EndWindowRequest; response: null };
  /** Keeps one's own preferences. */
  'session.save_preferences': { request: T.Preferences; response: null };
  /** Shows how everybody's access stands: invited, locked out, second factor. */
  'accounts.states': { request: null; response: Array<T.AccountStateView> };
  /** Invites a member of staff by a one-time code, shown once and sent where a mail server is set. */
  'accounts.invite': { request: T.InviteStaffRequest; response: T.StaffInvitationView };
  /** Gives somebody who has not joined another code. */
  'accounts.renew_invitation': { request: T.RenewInvitationRequest; response: T.StaffInvitationView };
  /** Takes an invitation back. */
  'accounts.withdraw_invitation': { request: T.AccountRequest; response: null };
  /** Lets somebody who was locked out try again. */
  'accounts.unlock': { request: T.AccountRequest; response: null };
  /** Takes away the second factor of somebody who lost it. */
  'accounts.remove_second_factor': { request: T.AccountRequest; response: null };
  /** Shows where the rotation of the record's keys stands. */
  'accounts.key_rotation': { request: null; response: T.KeyRotationView };
  /** Makes this computer's secret anew, and with it everybody's wrapped key. */
  'accounts.rotate_keys': { request: T.RotateKeysRequest; response: T.KeyRotationView };
  /** Lists the accounts. */
  'users.list': { request: null; response: Array<T.UserView> };
  /** Makes an account for a member of staff. */
  'users.create': { request: T.CreateUserRequest; response: T.UserView };
  /** Lets a person sign in, or not. */
  'users.set_enabled': { request: T.SetUserEnabledRequest; response: T.UserView };
  /** Gives a person a new password. */
  'users.reset_password': { request: T.ResetPasswordRequest; response: null };
  /** Lists patients by name or number. */
  'patients.page': { request: T.PatientsPageRequest; response: T.PatientsPage };
  /** Adds a patient, unless similar ones are there that nobody looked at. */
  'patients.create': { request: T.CreatePatientRequest; response: T.CreatePatientResponse };
  /** Tells who may be this person already, and why. */
  'patients.candidates': { request: T.CandidatesRequest; response: Array<T.CandidateView> };
  /** Lists pairs of records that may be one person's. */
  'patients.duplicates': { request: T.DuplicatesRequest; response: T.DuplicatesPage };
  /** Has one record read for two; no fact moves, and it can be taken back. */
  'patients.merge': { request: T.MergeRequest; response: T.PatientView };
  /** Says that two records are two people's. */
  'patients.tell_apart': { request: T.PairRequest; response: null };
  /** Shows which records were merged into a chart, and by whom. */
  'patients.merges': { request: T.PatientRequest; response: Array<T.MergeView> };
  /** Takes a merge back: each record is read for itself again. */
  'patients.unmerge': { request: T.UnmergeRequest; response: Array<T.PatientView> };
  /** Opens a patient's chart. */
  'patients.open': { request: T.PatientRequest; response: T.ChartView };
  /** Corrects a patient's identity; the version before is kept. */
  'patients.correct': { request: T.CorrectPatientRequest; response: T.PatientView };
  /** Records what is known of allergies. */
  'patients.set_allergies': { request: T.SetAllergiesRequest; response: T.PatientView };
  /** Restricts a record to its treating doctor, or opens it again. */
  'patients.set_restricted': { request: T.SetRestrictedRequest; response: null };
  /** Makes an account for a patient, bound to this record. */
  'patients.create_account': { request: T.CreatePatientAccountRequest; response: T.UserView };
  /** Gives a member of staff another role. */
  'users.set_role': { request: T.SetUserRoleRequest; response: T.UserView };
  /** Takes an account away for good; what the person did keeps their name. */
  'users.remove': { request: T.UserRequest; response: T.UserView };
  /** Ends every session of a person. */
  'users.end_sessions': { request: T.UserRequest; response: null };
  /** Tells who is signed in on this workstation, at which window. */
  'users.signed_in': { request: null; response: Array<T.SignedInView> };
  /** Tells what a person would leave behind. */
  'users.duties': { request: T.UserRequest; response: T.DutiesView };
  /** Finds a restricted record by its number, or by full name and birth date. */
  'break_glass.find': { request: T.FindSealedRequest; response: Array<T.SealedPatientView> };
  /** Opens one restricted record for one hour, with the password and a reason. */
  'break_glass.open': { request: T.BreakGlassRequest; response: T.OwnOpeningView };
  /** Tells which restricted record is open to oneself, and for how long. */
  'break_glass.current': { request: null; response: T.OwnOpeningView | null };
  /** Ends one's own emergency access. */
  'break_glass.end': { request: null; response: null };
  /** Counts the emergency accesses that nobody reviewed yet. */
  'break_glass.waiting': { request: null; response: T.OpeningsWaitingView };
  /** Lists emergency accesses: those to be reviewed, or those that were. */
  'break_glass.page': { request: T.OpeningsRequest; response: T.OpeningsPage };
  /** Lists what was read and done under an emergency access. */
  'break_glass.acts': { request: T.OpeningActsRequest; response: T.JournalPage };
  /** Answers the review of an emergency access, once and for good. */
  'break_glass.review': { request: T.ReviewOpeningRequest; response: T.OpeningView };
  /** Shows who looked at the record of a patient whom one treats. */
  'patients.who_saw': { request: T.PatientRequest; response: Array<T.AccessRow> };
  /** Imports files, folders and ZIP archives in the background. */
  'imaging.import': { request: T.ImportRequest; response: T.ImportView };
  /** Tells how far an import has come, with everything that waits for a decision. */
  'imaging.import_state': { request: T.JobRequest; response: T.ImportView };
  /** Stops an import; what was kept stays. */
  'imaging.cancel_import': { request: T.JobRequest; response: null };
  /** Says whose the waiting files of an import are. */
  'imaging.assign': { request: T.AssignRequest; response: T.ImportView };
  /** Opens a scan in the reading room. */
  'imaging.open_scan': { request: T.ScanRequest; response: T.ScanView };
  /** Keeps a measurement or note. */
  'imaging.save_mark': { request: T.SaveMarkRequest; response: T.MarkView };
  /** Takes a measurement or note away; it stays in the history. */
  'imaging.remove_mark': { request: T.RemoveMarkRequest; response: null };
  /** Marks a scan as entered in error; it stays in the history. */
  'imaging.retract_scan': { request: T.RetractScanRequest; response: null };
  /** Lists scans by urgency. */
  'reading.worklist': { request: T.WorklistRequest; response: T.WorklistPage };
  /** Sets the clinician's priority of a scan. */
  'reading.set_priority': { request: T.SetPriorityRequest; response: null };
  /** Reads a scan in the background. */
  'reading.read': { request: T.ReadScanRequest; response: T.ReadingProgress };
  /** Stops a reading. */
  'reading.cancel': { request: T.JobRequest; response: null };
  /** Records a clinician's verdict, apart from what the AI said. */
  'reading.record_verdict': { request: T.RecordVerdictRequest; response: T.VerdictView };
  /** Tells how often clinicians agreed with each version of a model. */
  'reading.agreement': { request: null; response: Array<T.AgreementRow> };
  /** Lists the model packs. */
  'models.list': { request: null; response: Array<T.ModelView> };
  /** Shows a pack's card. */
  'models.card': { request: T.ModelRequest; response: T.CardView };
  /** Switches a pack on or off; a research licence must be accepted. */
  'models.enable': { request: T.EnableModelRequest; response: T.ModelView };
  /** Opens a consultation on a patient's chart. */
  'live.start': { request: T.StartConsultationRequest; response: T.ConsultationView };
  /** Lists consultations, newest first. */
  'live.page': { request: T.ConsultationsRequest; response: T.ConsultationsPage };
  /** Shows a consultation as it stands now. */
  'live.view': { request: T.ConsultationRequest; response: T.ConsultationView };
  /** Shows what was said, newest first. */
  'live.messages': { request: T.MessagesRequest; response: T.MessagesPage };
  /** Makes a link or a code by which a guest comes. */
  'live.invite': { request: T.InviteRequest; response: T.ConsultationView };
  /** Closes a link or a code. */
  'live.withdraw': { request: T.InvitationRequest; response: T.ConsultationView };
  /** Lets a waiting guest in. */
  'live.admit': { request: T.PersonRequest; response: T.ConsultationView };
  /** Sends a waiting guest away. */
  'live.decline': { request: T.PersonRequest; response: T.ConsultationView };
  /** Removes somebody from a consultation. */
  'live.remove': { request: T.PersonRequest; response: T.ConsultationView };
  /** Seats the patient across the desk, on this screen. */
  'live.seat': { request: T.SeatRequest; response: T.ConsultationView };
  /** Changes what somebody at this workstation reads. */
  'live.set_language': { request: T.SetLanguageRequest; response: T.ConsultationView };
  /** Says something; translations follow by the event `live.message`. */
  'live.say': { request: T.SayRequest; response: T.MessageView };
  /** Hands a signed and sealed report over to the phones; its passphrase is not in it. */
  'live.hand_over': { request: T.HandOverRequest; response: T.MessageView };
  /** Has a message translated into one more language, or anew. */
  'live.translate': { request: T.TranslateRequest; response: T.MessageView };
  /** Confirms a translation in which the guard found something: now the others read it, too. */
  'live.confirm_translation': { request: T.ConfirmTranslationRequest; response: T.MessageView };
  /** Has a translation put back into the language of its message by the engine. */
  'live.back_translate': { request: T.TranslateRequest; response: T.BackTranslationView };
  /** Lists the microphones of this workstation. */
  'live.microphones': { request: null; response: Array<T.MicrophoneView> };
  /** Begins to record a voice note. */
  'live.record': { request: T.RecordRequest; response: null };
  /** Pauses a recording, or goes on with it. */
  'live.pause_recording': { request: T.PauseRecordingRequest; response: null };
  /** Has a voice note written down by the engine, or asks a failed one again. */
  'live.write_down': { request: T.WriteDownRequest; response: T.MessageView };
  /** Corrects the words of a voice note, or writes them down by hand. */
  'live.correct': { request: T.CorrectRequest; response: T.MessageView };
  /** Ends a recording: it is said, or thrown away. */
  'live.finish_recording': { request: T.FinishRecordingRequest; response: T.MessageView | null };
  /** Ends a consultation; it stays in the chart. */
  'live.end': { request: T.ConsultationRequest; response: T.ConsultationView };
  /** Makes the bilingual transcript. */
  'live.transcript': { request: T.ConsultationRequest; response: T.TranscriptView };
  /** Writes the bilingual transcript to a file. */
  'live.save_transcript': { request: T.SaveTranscriptRequest; response: null };
  /** Shows which relay joins phones to this workstation. */
  'relay.view': { request: null; response: T.RelayView };
  /** Introduces this workstation to a relay. */
  'relay.enrol': { request: T.EnrolRequest; response: T.RelayView };
  /** Forgets the relay and this workstation's key for it. */
  'relay.forget': { request: null; response: T.RelayView };
  /** Goes the whole way to the relay and says what failed. */
  'relay.test': { request: null; response: T.RelayTestView };
  /** Opens a room inside this app, for phones on this network. */
  'relay.open_room': { request: null; response: T.RelayView };
  /** Closes the room. */
  'relay.close_room': { request: null; response: T.RelayView };
  /** Lists phrases of the phrasebook in two languages. */
  'phrases.page': { request: T.PhrasesRequest; response: T.PhrasesPage };
  /** Offers phrases that come close to a text. */
  'phrases.suggest': { request: T.SuggestRequest; response: Array<T.SuggestionView> };
  /** Lists phrases of a language with who stands behind each. */
  'phrases.review_page': { request: T.ReviewPageRequest; response: T.ReviewPage };
  /** Approves the translation of a phrase. */
  'phrases.approve': { request: T.ApproveRequest; response: T.ReviewRow };
  /** Takes the approval of a phrase back. */
  'phrases.withdraw': { request: T.WithdrawRequest; response: T.ReviewRow };
  /** Lists the accounts and whose phrases they may approve. */
  'phrases.reviewers': { request: null; response: Array<T.ReviewerView> };
  /** Says which languages' phrases somebody may approve. */
  'phrases.set_reviewer': { request: T.SetReviewerRequest; response: Array<T.ReviewerView> };
  /** Shows which engines are set. */
  'language.engine': { request: null; response: T.EngineSettingsView };
  /** Sets the engine for texts, or none. */
  'language.set_engine': { request: T.SetEngineRequest; response: T.EngineSettingsView };
  /** Sets what writes down voice notes, or that nothing does. */
  'language.set_speech': { request: T.SetSpeechRequest; response: T.EngineSettingsView };
  /** Copies a speech model to this machine; tells how far it has come, and ends when it is there. */
  'language.install_speech_model': { request: T.InstallSpeechModelRequest; response: T.EngineSettingsView };
  /** Stops the copying; nothing of it is kept. */
  'language.stop_installing': { request: null; response: null };
  /** Removes the speech model from this machine. */
  'language.remove_speech_model': { request: null; response: T.EngineSettingsView };
  /** Has one part of an engine do something small of its own and says what failed. */
  'language.test_engine': { request: T.TestEngineRequest; response: T.EngineTestView };
  /** Lists reports. */
  'reports.page': { request: T.ReportsRequest; response: T.ReportsPage };
  /** Lists the reports about a scan, newest first. */
  'reports.for_scan': { request: T.ScanRequest; response: Array<T.ReportRow> };
  /** Begins a report, filled from the reading that was verified and from what the record knows. */
  'reports.start': { request: T.StartReportRequest; response: T.ReportView };
  /** Shows a report: its draft to its author, what was signed to every doctor who may see it. */
  'reports.view': { request: T.ReportRequest; response: T.ReportView };
  /** Saves what was written so far; a text that another window saved meanwhile is not written over. */
  'reports.save': { request: T.SaveReportRequest; response: T.DraftSaved };
  /** Throws the open draft away; what was signed stays. */
  'reports.discard': { request: T.ReportRequest; response: null };
  /** Opens a draft over a signed report: a correction, or to go on with a preliminary one. */
  'reports.reopen': { request: T.ReopenReportRequest; response: T.ReportView };
  /** Lays a draft or a signed revision out in pages. */
  'reports.preview': { request: T.PreviewRequest; response: T.PreviewView };
  /** Signs the open draft with the password and two identifiers of the patient. */
  'reports.sign': { request: T.SignReportRequest; response: T.ReportView };
  /** Adds something to a final report, signed at once. */
  'reports.addend': { request: T.AddendReportRequest; response: T.ReportView };
  /** Withdraws a signed report; what it said is kept. */
  'reports.retract': { request: T.RetractReportRequest; response: T.ReportView };
  /** Shows every signed revision with what it said, oldest first. */
  'reports.history': { request: T.ReportRequest; response: Array<T.RevisionView> };
  /** Seals the newest signed revision under a passphrase that is chosen or made, and shows it. */
  'reports.seal': { request: T.SealReportRequest; response: T.SealedView };
  /** Tells the passphrase of a sealed file again. */
  'reports.passphrase': { request: T.ReportFileRequest; response: T.PassphraseView };
  /** Writes a report to disk: sealed, as a film, for DICOM or FHIR, or without the person. */
  'reports.save_file': { request: T.SaveReportFileRequest; response: null };
  /** Tells what to call such a file: never by a person's name. */
  'reports.file_name': { request: T.FileNameRequest; response: T.FileNameView };
  /** Keeps that the newest signed revision was printed. */
  'reports.printed': { request: T.ReportRequest; response: null };
  /** Sends the newest signed revision to the clinic's FHIR server. */
  'reports.push_fhir': { request: T.ReportRequest; response: T.PushedView };
  /** Tells whether a file is byte for byte one that this clinic sealed, and whether all in it holds. */
  'reports.check_file': { request: T.CheckFileRequest; response: T.CheckedFileView };
  /** Lists texts to begin with. */
  'reports.templates': { request: T.TemplatesRequest; response: Array<T.TemplateView> };
  /** Lists short words for longer texts: one's own, then everybody's. */
  'reports.own_macros': { request: null; response: Array<T.MacroView> };
  /** Keeps a short word of one's own. */
  'reports.save_macro': { request: T.SaveMacroRequest; response: T.MacroView };
  /** Takes a short word of one's own away. */
  'reports.remove_macro': { request: T.RemoveMacroRequest; response: null };
  /** Sends the newest sealed file of a report to people, each by a message of their own. */
  'delivery.send': { request: T.SendReportRequest; response: Array<T.DeliveryView> };
  /** Lists deliveries, newest first. */
  'delivery.page': { request: T.DeliveriesRequest; response: T.DeliveriesPage };
  /** Shows what happened to a delivery, oldest first. */
  'delivery.history': { request: T.DeliveryRequest; response: Array<T.DeliveryEventView> };
  /** Takes a delivery back that was not delivered. */
  'delivery.cancel': { request: T.DeliveryRequest; response: T.DeliveryView };
  /** Tries a delivery again now, under the same Message-ID. */
  'delivery.retry': { request: T.DeliveryRequest; response: T.DeliveryView };
  /** Keeps that an uncertain delivery arrived, as a person found out. */
  'delivery.confirm': { request: T.DeliveryRequest; response: T.DeliveryView };
  /** Shows what waits, what is uncertain and what failed. */
  'delivery.outbox': { request: null; response: T.OutboxView };
  /** Shows how reports leave the clinic. */
  'delivery.settings': { request: null; response: T.DeliverySettingsView };
  /** Sets how e-mail is sent, or that none is. */
  'delivery.set_smtp': { request: T.SetSmtpRequest; response: T.DeliverySettingsView };
  /** Goes every step to the mail server and says which one fails; sends a test message if asked. */
  'delivery.test_smtp': { request: T.TestSmtpRequest; response: T.DeliveryTestView };
  /** Sets how WhatsApp messages are sent, or that none are. */
  'delivery.set_whatsapp': { request: T.SetWhatsAppRequest; response: T.DeliverySettingsView };
  /** Asks the WhatsApp provider for the clinic's number and says what fails. */
  'delivery.test_whatsapp': { request: null; response: T.DeliveryTestView };
  /** Sets the FHIR server, or that there is none. */
  'delivery.set_fhir': { request: T.SetFhirRequest; response: T.DeliverySettingsView };
  /** Asks the FHIR server what it can do and says what fails. */
  'delivery.test_fhir': { request: null; response: T.DeliveryTestView };
  /** Shows the note of a consultation, and what one could be drafted from. */
  'notes.of': { request: T.ConsultationRequest; response: T.NoteDesk };
  /** Has a note drafted, by the engine or by rules from the conversation's own sentences. */
  'notes.draft': { request: T.DraftNoteRequest; response: T.NoteDesk };
  /** Stops the engine; nothing of its draft is kept. */
  'notes.cancel': { request: T.JobRequest; response: null };
  /** Keeps what the doctor wrote as a new version; older ones stay. */
  'notes.save': { request: T.SaveNoteRequest; response: T.NoteDesk };
  /** Signs the newest version with the password. */
  'notes.sign': { request: T.SignNoteRequest; response: T.NoteDesk };
  /** Shows how a note came to be, newest first. */
  'notes.history': { request: T.NoteRequest; response: Array<T.NoteStepView> };
  /** Shows one version of a note. */
  'notes.version': { request: T.NoteVersionRequest; response: T.NoteVersionView };
  /** Shows what changed between two versions of a note, word by word. */
  'notes.compare': { request: T.CompareNotesRequest; response: Array<T.NoteChange> };
  /** Shows what a prescription begins with: the patient, what is taken now, the forms there are. */
  'prescriptions.start': { request: T.PrescribeRequest; response: T.PrescribingDesk };
  /** Offers ingredients while a name is typed. */
  'prescriptions.suggest': { request: T.SuggestMedicineRequest; response: Array<T.MedicineSuggestion> };
  /** Reads an order as it is typed and checks it; nothing is kept. */
  'prescriptions.check': { request: T.CheckOrderRequest; response: T.CheckedOrder };
  /** Signs an order with the password and two identifiers of the patient. */
  'prescriptions.sign': { request: T.SignPrescriptionRequest; response: T.PrescriptionView };
  /** Lists one's own prescriptions that a pharmacist asks about. */
  'prescriptions.asked': { request: null; response: Array<T.PrescriptionView> };
  /** Answers the pharmacist; the prescription is in the queue again. */
  'prescriptions.answer': { request: T.AnswerPharmacistRequest; response: T.PrescriptionView };
  /** Stops a medicine; nothing more of it is given out. */
  'prescriptions.stop': { request: T.StopPrescriptionRequest; response: T.PrescriptionView };
  /** Lists a patient's prescriptions, newest first. */
  'prescriptions.of_patient': { request: T.PrescribeRequest; response: Array<T.PrescriptionView> };
  /** Shows a prescription with what speaks against it now and what was done. */
  'prescriptions.view': { request: T.PrescriptionRequest; response: T.PrescriptionView };
  /** Lists what waits to be dispensed, what waits for a doctor, or what is done. */
  'prescriptions.queue': { request: T.PrescriptionQueueRequest; response: T.PrescriptionQueuePage };
  /** Gives a medicine out, in whole or in part, after two identifiers of the patient. */
  'prescriptions.dispense': { request: T.DispenseRequest; response: T.PrescriptionView };
  /** Takes back what was given out. */
  'prescriptions.take_back': { request: T.TakeBackRequest; response: T.PrescriptionView };
  /** Sends a prescription back to its doctor with a question. */
  'prescriptions.ask': { request: T.AskPrescriberRequest; response: T.PrescriptionView };
  /** Writes the label of what was given out to a PDF, in the patient's language. */
  'prescriptions.save_label': { request: T.SaveLabelRequest; response: null };
  /** Finds what holds all the words, newest first. */
  'search.page': { request: T.SearchRequest; response: T.SearchPage };
  /** Finds what means much the same as the words, nearest first; the words go to the engine that is set. */
  'search.meaning': { request: T.SearchMeaningRequest; response: Array<T.SearchRow> };
  /** Tells how far the index has come, and whether there is a search by meaning. */
  'search.state': { request: null; response: T.SearchStateView };
  /** Shows a doctor what waits today: consultations, drafts to sign, results to look at, trouble on the way. */
  'home.doctor': { request: T.DoctorHomeRequest; response: T.DoctorHome };
  /** Tells how often clinicians agreed with each version of a model, by class and modality. */
  'feedback.agreement': { request: null; response: Array<T.VersionAgreement> };
  /** Tells whether the scores of a version of a model have moved since its first readings here. */
  'feedback.drift': { request: null; response: Array<T.VersionDrift> };
  /** Lists scans with a verdict that could be given away for training. */
  'feedback.list': { request: null; response: T.FeedbackList };
  /** Writes a pack of images without identity and what was said of them into a folder. */
  'feedback.export': { request: T.ExportFeedbackRequest; response: T.ExportedFeedback };
  /** Shows one's own identity as the clinic has it. */
  'own.identity': { request: null; response: T.PatientView };
  /** Shows one's own scans with the doctor's verdict. */
  'own.scans': { request: null; response: Array<T.OwnScanView> };
  /** Shows who looked at one's own record. */
  'own.who_saw': { request: null; response: Array<T.AccessRow> };
  /** Lists one's own consultations, newest first. */
  'own.consultations': { request: T.OwnConsultationsRequest; response: T.ConsultationsPage };
  /** Shows who took part in one of one's own consultations. */
  'own.consultation': { request: T.ConsultationRequest; response: T.ConsultationView };
  /** Shows what was said in one of one's own consultations. */
  'own.messages': { request: T.MessagesRequest; response: T.MessagesPage };
  /** Lists one's own prescriptions, newest first. */
  'own.prescriptions': { request: null; response: Array<T.OwnPrescriptionView> };
  /** Lists one's own reports: final ones and what became of them, newest first. */
  'own.reports': { request: null; response: Array<T.OwnReportRow> };
  /** Shows one of one's own reports. */
  'own.report': { request: T.ReportRequest; response: T.OwnReportView };
  /** Lays one of one's own reports out in pages. */
  'own.report_preview': { request: T.ReportRequest; response: T.PreviewView };
  /** Writes one of one's own reports to disk, sealed with a passphrase of one's own. */
  'own.save_report': { request: T.SaveOwnReportRequest; response: null };
  /** Says what the assistant can be asked about here, and who would write an answer. */
  'assist.state': { request: null; response: T.AssistStateView };
  /** Shows the user guide. */
  'assist.guide': { request: null; response: Array<T.GuidePageView> };
  /** Asks about the program: passages of the guide, and with an engine an answer from them. */
  'assist.ask': { request: T.AssistRequest; response: T.AssistAnswerView };
  /** Asks about one patient's record: pieces of it, and with an engine an answer from them. */
  'assist.ask_about_chart': { request: T.AssistChartRequest; response: T.AssistAnswerView };
  /** Asks about one's own final reports: their own words, and with an engine where they stand. */
  'assist.ask_about_reports': { request: T.AssistRequest; response: T.AssistAnswerView };
  /** Stops an answer that is being written. */
  'assist.stop': { request: T.JobRequest; response: null };
  /** Shows the figures that an administrator begins the day with. */
  'statistics.home': { request: null; response: T.AdministratorHome };
  /** Counts scans, readings, consultations, reports, how long they took, and accounts. */
  'statistics.view': { request: T.StatisticsRequest; response: T.StatisticsView };
  /** Lists the rows behind a figure. */
  'statistics.rows': { request: T.CountedRowsRequest; response: T.CountedRowsPage };
  /** Shows where backups stand, in short, for the bottom bar. */
  'backup.state': { request: null; response: T.BackupStateView };
  /** Shows the plan, the last tries and the snapshots that are there. */
  'backup.view': { request: null; response: T.BackupView };
  /** Chooses the folder or stick for backups and the time of the day. */
  'backup.plan': { request: T.PlanBackupsRequest; response: T.BackupView };
  /** Makes a backup now, in the background. */
  'backup.start': { request: null; response: T.BackupStateView };
  /** Checks a snapshot whole, in the background: a restore into a temporary place, every file read back. */
  'backup.check': { request: T.SnapshotRequest; response: T.BackupStateView };
  /** Stops the backup or check that runs; nothing half-done is left. */
  'backup.cancel': { request: null; response: T.BackupStateView };
  /** Begins to write one patient's record as plain, unencrypted files. */
  'export.patient': { request: T.ExportPatientRequest; response: T.ExportStateView };
  /** Begins to write every patient's record as plain, unencrypted files. */
  'export.clinic': { request: T.ExportClinicRequest; response: T.ExportStateView };
  /** Shows where one's own export stands. */
  'export.state': { request: null; response: T.ExportStateView };
  /** Stops one's own export; nothing half-written is left. */
  'export.cancel': { request: null; response: T.ExportStateView };
  /** Lists what was done, by whom, newest first. */
  'journal.page': { request: T.JournalPageRequest; response: T.JournalPage };
  /** Checks every row, every link and the signed head. */
  'journal.verify': { request: null; response: T.JournalReport };
  /** Writes the journal, or a stretch of time of it, into a signed file that can be checked anywhere. */
  'journal.export': { request: T.ExportJournalRequest; response: T.JournalExportView };
  /** Shows the clinic's settings. */
  'settings.read': { request: null; response: T.SettingsView };
  /** Changes the clinic's settings. */
  'settings.save': { request: T.SaveSettingsRequest; response: T.SettingsView };
  /** Makes a new recovery phrase and shows it, once; the old one opens nothing any more. */
  'settings.renew_recovery': { request: null; response: T.RecoveryPhraseView };
  /** Tries the keychain, the database, the vault, the disk's space and the journal. */
  'settings.check_storage': { request: null; response: Array<T.StorageCheck> };
}

/** Who may call a command, and what it does to cached answers. */
export const table: { readonly [N in keyof Commands]: { readonly needs: string; readonly provides: readonly T.Tag[]; readonly stales: readonly T.Tag[] } } = {
  'setup.status': { needs: 'nobody', provides: ['setup'], stales: [] },
  'setup.models': { needs: 'nobody', provides: ['setup'], stales: [] },
  'setup.model_card': { needs: 'nobody', provides: ['setup'], stales: [] },
  'setup.create': { needs: 'nobody', provides: [], stales: ['setup'] },
  'setup.confirm_recovery': { needs: 'nobody', provides: [], stales: ['setup'] },
  'setup.demo': { needs: 'nobody', provides: [], stales: ['setup'] },
  'setup.passphrase': { needs: 'nobody', provides: [], stales: ['setup'] },
  'setup.recover': { needs: 'nobody', provides: [], stales: ['setup'] },
  'setup.find_backups': { needs: 'nobody', provides: [], stales: [] },
  'setup.restore': { needs: 'nobody', provides: [], stales: ['setup'] },
  'setup.restore_state': { needs: 'nobody', provides: [], stales: [] },
  'setup.cancel_restore': { needs: 'nobody', provides: [], stales: [] },
  'session.sign_in': { needs: 'nobody', provides: [], stales: ['session'] },
  'session.current': { needs: 'nobody', provides: ['session'], stales: [] },
  'session.touch': { needs: 'signed_in', provides: [], stales: [] },
  'session.lock': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.unlock_with_pin': { needs: 'nobody', provides: [], stales: ['session'] },
  'session.join': { needs: 'nobody', provides: [], stales: ['users'] },
  'session.password_strength': { needs: 'nobody', provides: [], stales: [] },
  'session.people': { needs: 'nobody', provides: ['session'], stales: [] },
  'session.unlock': { needs: 'nobody', provides: [], stales: ['session'] },
  'session.sign_out': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.change_password': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.account': { needs: 'signed_in', provides: ['session'], stales: [] },
  'session.begin_authenticator': { needs: 'signed_in', provides: [], stales: [] },
  'session.begin_email_codes': { needs: 'signed_in', provides: [], stales: [] },
  'session.confirm_factor': { needs: 'signed_in', provides: [], stales: ['session', 'users'] },
  'session.remove_factor': { needs: 'signed_in', provides: [], stales: ['session', 'users'] },
  'session.renew_codes': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.set_pin': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.remove_pin': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.end_window': { needs: 'signed_in', provides: [], stales: ['session'] },
  'session.save_preferences': { needs: 'signed_in', provides: [], stales: ['session'] },
  'accounts.states': { needs: 'ManageUsers', provides: ['users'], stales: [] },
  'accounts.invite': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'accounts.renew_invitation': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'accounts.withdraw_invitation': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'accounts.unlock': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'accounts.remove_second_factor': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'accounts.key_rotation': { needs: 'ManageSettings', provides: ['settings'], stales: [] },
  'accounts.rotate_keys': { needs: 'ManageSettings', provides: [], stales: ['settings'] },
  'users.list': { needs: 'ManageUsers', provides: ['users'], stales: [] },
  'users.create': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'users.set_enabled': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'users.reset_password': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'patients.page': { needs: 'ReadPatients', provides: ['patients'], stales: [] },
  'patients.create': { needs: 'WritePatients', provides: [], stales: ['patients'] },
  'patients.candidates': { needs: 'WritePatients', provides: ['patients'], stales: [] },
  'patients.duplicates': { needs: 'MergePatients', provides: ['patients'], stales: [] },
  'patients.merge': { needs: 'MergePatients', provides: [], stales: ['patients', 'chart', 'worklist', 'scan', 'consultations', 'messages', 'reports', 'notes', 'outbox'] },
  'patients.tell_apart': { needs: 'MergePatients', provides: [], stales: ['patients'] },
  'patients.merges': { needs: 'ReadPatients', provides: ['chart'], stales: [] },
  'patients.unmerge': { needs: 'MergePatients', provides: [], stales: ['patients', 'chart', 'worklist', 'scan', 'consultations', 'messages', 'reports', 'notes', 'outbox'] },
  'patients.open': { needs: 'ReadPatients', provides: ['chart'], stales: [] },
  'patients.correct': { needs: 'WritePatients', provides: [], stales: ['patients', 'chart', 'worklist', 'scan'] },
  'patients.set_allergies': { needs: 'WritePatients', provides: [], stales: ['chart', 'scan'] },
  'patients.set_restricted': { needs: 'RestrictRecords', provides: [], stales: ['patients', 'chart'] },
  'patients.create_account': { needs: 'CreatePatientAccounts', provides: [], stales: ['chart', 'users'] },
  'users.set_role': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'users.remove': { needs: 'ManageUsers', provides: [], stales: ['users', 'phrases'] },
  'users.end_sessions': { needs: 'ManageUsers', provides: [], stales: ['users'] },
  'users.signed_in': { needs: 'ManageUsers', provides: ['users', 'session'], stales: [] },
  'users.duties': { needs: 'ManageUsers', provides: ['users'], stales: [] },
  'break_glass.find': { needs: 'BreakGlass', provides: [], stales: [] },
  'break_glass.open': { needs: 'BreakGlass', provides: [], stales: ['break_glass', 'patients', 'chart', 'worklist', 'scan', 'reports', 'consultations'] },
  'break_glass.current': { needs: 'BreakGlass', provides: ['break_glass'], stales: [] },
  'break_glass.end': { needs: 'BreakGlass', provides: [], stales: ['break_glass', 'patients', 'chart', 'worklist', 'scan', 'reports', 'consultations'] },
  'break_glass.waiting': { needs: 'ReviewBreakGlass', provides: ['break_glass'], stales: [] },
  'break_glass.page': { needs: 'ReviewBreakGlass', provides: ['break_glass'], stales: [] },
  'break_glass.acts': { needs: 'ReviewBreakGlass', provides: ['break_glass', 'journal'], stales: [] },
  'break_glass.review': { needs: 'ReviewBreakGlass', provides: [], stales: ['break_glass', 'journal'] },
  'patients.who_saw': { needs: 'ReadAccessLog', provides: ['journal', 'break_glass'], stales: [] },
  'imaging.import': { needs: 'ImportScans', provides: [], stales: ['imports'] },
  'imaging.import_state': { needs: 'ImportScans', provides: ['imports'], stales: [] },
  'imaging.cancel_import': { needs: 'ImportScans', provides: [], stales: ['imports'] },
  'imaging.assign': { needs: 'ImportScans', provides: [], stales: ['imports', 'worklist', 'chart', 'patients'] },
  'imaging.open_scan': { needs: 'ReadScans', provides: ['scan'], stales: [] },
  'imaging.save_mark': { needs: 'MarkScans', provides: [], stales: ['scan'] },
  'imaging.remove_mark': { needs: 'MarkScans', provides: [], stales: ['scan'] },
  'imaging.retract_scan': { needs: 'ImportScans', provides: [], stales: ['worklist', 'chart', 'patients'] },
  'reading.worklist': { needs: 'ReadScans', provides: ['worklist'], stales: [] },
  'reading.set_priority': { needs: 'RecordVerdicts', provides: [], stales: ['worklist', 'scan'] },
  'reading.read': { needs: 'RunReadings', provides: [], stales: [] },
  'reading.cancel': { needs: 'RunReadings', provides: [], stales: [] },
  'reading.record_verdict': { needs: 'RecordVerdicts', provides: [], stales: ['worklist', 'scan', 'chart', 'agreement'] },
  'reading.agreement': { needs: 'ReadStatistics', provides: ['agreement'], stales: [] },
  'models.list': { needs: 'signed_in', provides: ['models'], stales: [] },
  'models.card': { needs: 'signed_in', provides: ['models'], stales: [] },
  'models.enable': { needs: 'ManageSettings', provides: [], stales: ['models', 'setup', 'scan'] },
  'live.start': { needs: 'HostConsultations', provides: [], stales: ['consultations', 'chart'] },
  'live.page': { needs: 'HostConsultations', provides: ['consultations'], stales: [] },
  'live.view': { needs: 'HostConsultations', provides: ['consultations'], stales: [] },
  'live.messages': { needs: 'HostConsultations', provides: ['messages'], stales: [] },
  'live.invite': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.withdraw': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.admit': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.decline': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.remove': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.seat': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.set_language': { needs: 'HostConsultations', provides: [], stales: ['consultations'] },
  'live.say': { needs: 'HostConsultations', provides: [], stales: ['messages'] },
  'live.hand_over': { needs: 'HostConsultations', provides: [], stales: ['messages', 'reports', 'outbox'] },
  'live.translate': { needs: 'HostConsultations', provides: [], stales: ['messages'] },
  'live.confirm_translation': { needs: 'HostConsultations', provides: [], stales: ['messages'] },
  'live.back_translate': { needs: 'HostConsultations', provides: [], stales: [] },
  'live.microphones': { needs: 'HostConsultations', provides: [], stales: [] },
  'live.record': { needs: 'HostConsultations', provides: [], stales: [] },
  'live.pause_recording': { needs: 'HostConsultations', provides: [], stales: [] },
  'live.write_down': { needs: 'HostConsultations', provides: [], stales: ['messages'] },
  'live.correct': { needs: 'HostConsultations', provides: [], stales: ['messages'] },
  'live.finish_recording': { needs: 'HostConsultations', provides: [], stales: ['messages'] },
  'live.end': { needs: 'HostConsultations', provides: [], stales: ['consultations', 'chart'] },
  'live.transcript': { needs: 'HostConsultations', provides: [], stales: [] },
  'live.save_transcript': { needs: 'HostConsultations', provides: [], stales: [] },
  'relay.view': { needs: 'signed_in', provides: ['relay'], stales: [] },
  'relay.enrol': { needs: 'ManageSettings', provides: [], stales: ['relay'] },
  'relay.forget': { needs: 'ManageSettings', provides: [], stales: ['relay'] },
  'relay.test': { needs: 'ManageSettings', provides: [], stales: [] },
  'relay.open_room': { needs: 'HostConsultations', provides: [], stales: ['relay'] },
  'relay.close_room': { needs: 'HostConsultations', provides: [], stales: ['relay'] },
  'phrases.page': { needs: 'HostConsultations', provides: ['phrases'], stales: [] },
  'phrases.suggest': { needs: 'HostConsultations', provides: [], stales: [] },
  'phrases.review_page': { needs: 'ApprovePhrases', provides: ['phrases'], stales: [] },
  'phrases.approve': { needs: 'ApprovePhrases', provides: [], stales: ['phrases'] },
  'phrases.withdraw': { needs: 'ApprovePhrases', provides: [], stales: ['phrases'] },
  'phrases.reviewers': { needs: 'NamePhraseReviewers', provides: ['phrases', 'users'], stales: [] },
  'phrases.set_reviewer': { needs: 'NamePhraseReviewers', provides: [], stales: ['phrases', 'session'] },
  'language.engine': { needs: 'ManageSettings', provides: ['engine'], stales: [] },
  'language.set_engine': { needs: 'ManageSettings', provides: [], stales: ['engine', 'consultations'] },
  'language.set_speech': { needs: 'ManageSettings', provides: [], stales: ['engine', 'consultations'] },
  'language.install_speech_model': { needs: 'ManageSettings', provides: [], stales: ['engine', 'consultations'] },
  'language.stop_installing': { needs: 'ManageSettings', provides: [], stales: [] },
  'language.remove_speech_model': { needs: 'ManageSettings', provides: [], stales: ['engine', 'consultations'] },
  'language.test_engine': { needs: 'ManageSettings', provides: [], stales: [] },
  'reports.page': { needs: 'ReadReports', provides: ['reports'], stales: [] },
  'reports.for_scan': { needs: 'ReadReports', provides: ['reports'], stales: [] },
  'reports.start': { needs: 'WriteReports', provides: [], stales: ['reports'] },
  'reports.view': { needs: 'ReadReports', provides: ['reports'], stales: [] },
  'reports.save': { needs: 'WriteReports', provides: [], stales: [] },
  'reports.discard': { needs: 'WriteReports', provides: [], stales: ['reports'] },
  'reports.reopen': { needs: 'WriteReports', provides: [], stales: ['reports'] },
  'reports.preview': { needs: 'ReadReports', provides: [], stales: [] },
  'reports.sign': { needs: 'SignReports', provides: [], stales: ['reports', 'outbox', 'worklist', 'chart', 'scan'] },
  'reports.addend': { needs: 'SignReports', provides: [], stales: ['reports', 'outbox', 'worklist', 'chart', 'scan'] },
  'reports.retract': { needs: 'SignReports', provides: [], stales: ['reports', 'outbox', 'worklist', 'chart', 'scan'] },
  'reports.history': { needs: 'ReadReports', provides: ['reports'], stales: [] },
  'reports.seal': { needs: 'SendReports', provides: [], stales: ['reports'] },
  'reports.passphrase': { needs: 'SendReports', provides: [], stales: ['journal'] },
  'reports.save_file': { needs: 'SendReports', provides: [], stales: ['reports', 'outbox'] },
  'reports.file_name': { needs: 'ReadReports', provides: [], stales: [] },
  'reports.printed': { needs: 'SendReports', provides: [], stales: ['reports', 'outbox'] },
  'reports.push_fhir': { needs: 'SendReports', provides: [], stales: ['reports', 'outbox'] },
  'reports.check_file': { needs: 'ReadReports', provides: [], stales: [] },
  'reports.templates': { needs: 'WriteReports', provides: [], stales: [] },
  'reports.own_macros': { needs: 'WriteReports', provides: ['macros'], stales: [] },
  'reports.save_macro': { needs: 'WriteReports', provides: [], stales: ['macros'] },
  'reports.remove_macro': { needs: 'WriteReports', provides: [], stales: ['macros'] },
  'delivery.send': { needs: 'SendReports', provides: [], stales: ['outbox', 'reports'] },
  'delivery.page': { needs: 'SendReports', provides: ['outbox'], stales: [] },
  'delivery.history': { needs: 'SendReports', provides: ['outbox'], stales: [] },
  'delivery.cancel': { needs: 'SendReports', provides: [], stales: ['outbox', 'reports'] },
  'delivery.retry': { needs: 'SendReports', provides: [], stales: ['outbox', 'reports'] },
  'delivery.confirm': { needs: 'SendReports', provides: [], stales: ['outbox', 'reports', 'worklist'] },
  'delivery.outbox': { needs: 'SendReports', provides: ['outbox'], stales: [] },
  'delivery.settings': { needs: 'ManageSettings', provides: ['delivery'], stales: [] },
  'delivery.set_smtp': { needs: 'ManageSettings', provides: [], stales: ['delivery', 'outbox'] },
  'delivery.test_smtp': { needs: 'ManageSettings', provides: [], stales: [] },
  'delivery.set_whatsapp': { needs: 'ManageSettings', provides: [], stales: ['delivery', 'outbox'] },
  'delivery.test_whatsapp': { needs: 'ManageSettings', provides: [], stales: [] },
  'delivery.set_fhir': { needs: 'ManageSettings', provides: [], stales: ['delivery'] },
  'delivery.test_fhir': { needs: 'ManageSettings', provides: [], stales: [] },
  'notes.of': { needs: 'HostConsultations', provides: ['notes', 'messages'], stales: [] },
  'notes.draft': { needs: 'HostConsultations', provides: [], stales: ['notes'] },
  'notes.cancel': { needs: 'HostConsultations', provides: [], stales: [] },
  'notes.save': { needs: 'HostConsultations', provides: [], stales: ['notes'] },
  'notes.sign': { needs: 'HostConsultations', provides: [], stales: ['notes'] },
  'notes.history': { needs: 'HostConsultations', provides: ['notes'], stales: [] },
  'notes.version': { needs: 'HostConsultations', provides: ['notes'], stales: [] },
  'notes.compare': { needs: 'HostConsultations', provides: ['notes'], stales: [] },
  'prescriptions.start': { needs: 'WritePrescriptions', provides: ['prescriptions', 'chart'], stales: [] },
  'prescriptions.suggest': { needs: 'WritePrescriptions', provides: [], stales: [] },
  'prescriptions.check': { needs: 'WritePrescriptions', provides: ['prescriptions', 'chart'], stales: [] },
  'prescriptions.sign': { needs: 'WritePrescriptions', provides: [], stales: ['prescriptions'] },
  'prescriptions.asked': { needs: 'WritePrescriptions', provides: ['prescriptions'], stales: [] },
  'prescriptions.answer': { needs: 'WritePrescriptions', provides: [], stales: ['prescriptions'] },
  'prescriptions.stop': { needs: 'WritePrescriptions', provides: [], stales: ['prescriptions'] },
  'prescriptions.of_patient': { needs: 'ReadPrescriptions', provides: ['prescriptions'], stales: [] },
  'prescriptions.view': { needs: 'ReadPrescriptions', provides: ['prescriptions', 'chart'], stales: [] },
  'prescriptions.queue': { needs: 'DispensePrescriptions', provides: ['prescriptions'], stales: [] },
  'prescriptions.dispense': { needs: 'DispensePrescriptions', provides: [], stales: ['prescriptions'] },
  'prescriptions.take_back': { needs: 'DispensePrescriptions', provides: [], stales: ['prescriptions'] },
  'prescriptions.ask': { needs: 'DispensePrescriptions', provides: [], stales: ['prescriptions'] },
  'prescriptions.save_label': { needs: 'DispensePrescriptions', provides: [], stales: ['journal'] },
  'search.page': { needs: 'SearchRecords', provides: ['messages', 'reports', 'chart'], stales: [] },
  'search.meaning': { needs: 'SearchRecords', provides: ['messages', 'reports', 'chart'], stales: [] },
  'search.state': { needs: 'SearchRecords', provides: ['engine'], stales: [] },
  'home.doctor': { needs: 'ReadScans', provides: ['worklist', 'consultations', 'reports', 'notes', 'outbox', 'patients'], stales: [] },
  'feedback.agreement': { needs: 'ReadStatistics', provides: ['agreement'], stales: [] },
  'feedback.drift': { needs: 'ReadStatistics', provides: ['agreement', 'worklist'], stales: [] },
  'feedback.list': { needs: 'ExportFeedback', provides: ['agreement', 'scan'], stales: [] },
  'feedback.export': { needs: 'ExportFeedback', provides: [], stales: ['journal'] },
  'own.identity': { needs: 'ReadOwnRecord', provides: ['chart'], stales: [] },
  'own.scans': { needs: 'ReadOwnRecord', provides: ['chart'], stales: [] },
  'own.who_saw': { needs: 'ReadOwnAccessLog', provides: ['journal'], stales: [] },
  'own.consultations': { needs: 'ReadOwnConsultations', provides: ['consultations'], stales: [] },
  'own.consultation': { needs: 'ReadOwnConsultations', provides: ['consultations'], stales: [] },
  'own.messages': { needs: 'ReadOwnConsultations', provides: ['messages'], stales: [] },
  'own.prescriptions': { needs: 'ReadOwnPrescriptions', provides: ['prescriptions'], stales: [] },
  'own.reports': { needs: 'ReadOwnReports', provides: ['reports'], stales: [] },
  'own.report': { needs: 'ReadOwnReports', provides: ['reports'], stales: [] },
  'own.report_preview': { needs: 'ReadOwnReports', provides: [], stales: [] },
  'own.save_report': { needs: 'ReadOwnReports', provides: [], stales: ['reports'] },
  'assist.state': { needs: 'AskAssistant', provides: ['engine'], stales: [] },
  'assist.guide': { needs: 'AskAssistant', provides: [], stales: [] },
  'assist.ask': { needs: 'AskAssistant', provides: [], stales: [] },
  'assist.ask_about_chart': { needs: 'AskAboutChart', provides: [], stales: [] },
  'assist.ask_about_reports': { needs: 'AskAboutOwnReports', provides: [], stales: [] },
  'assist.stop': { needs: 'AskAssistant', provides: [], stales: [] },
  'statistics.home': { needs: 'ReadStatistics', provides: ['worklist', 'users', 'break_glass', 'journal'], stales: [] },
  'statistics.view': { needs: 'ReadStatistics', provides: ['worklist', 'users', 'consultations', 'reports'], stales: [] },
  'statistics.rows': { needs: 'ReadStatistics', provides: ['worklist', 'consultations', 'reports'], stales: [] },
  'backup.state': { needs: 'signed_in', provides: ['backup'], stales: [] },
  'backup.view': { needs: 'ManageBackups', provides: ['backup'], stales: [] },
  'backup.plan': { needs: 'ManageBackups', provides: [], stales: ['backup'] },
  'backup.start': { needs: 'ManageBackups', provides: [], stales: ['backup'] },
  'backup.check': { needs: 'ManageBackups', provides: [], stales: ['backup'] },
  'backup.cancel': { needs: 'ManageBackups', provides: [], stales: ['backup'] },
  'export.patient': { needs: 'ExportRecords', provides: [], stales: ['export'] },
  'export.clinic': { needs: 'ExportClinic', provides: [], stales: ['export'] },
  'export.state': { needs: 'signed_in', provides: ['export'], stales: [] },
  'export.cancel': { needs: 'signed_in', provides: [], stales: ['export'] },
  'journal.page': { needs: 'ReadJournal', provides: ['journal'], stales: [] },
  'journal.verify': { needs: 'ReadJournal', provides: ['journal'], stales: [] },
  'journal.export': { needs: 'ReadJournal', provides: [], stales: ['journal'] },
  'settings.read': { needs: 'ManageSettings', provides: ['settings'], stales: [] },
  'settings.save': { needs: 'ManageSettings', provides: [], stales: ['settings', 'session'] },
  'settings.renew_recovery': { needs: 'ManageSettings', provides: [], stales: ['settings', 'setup'] },
  'settings.check_storage': { needs: 'ManageSettings', provides: ['settings'], stales: [] },
};
