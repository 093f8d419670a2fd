//! Handlers of first start and of the way back in.

use ::clinic::{Clinic, Cost, NewAccount as Account, PhraseLength, Setup};
use basics::Phi;

use super::{
    ConfirmRecoveryRequest, CreateClinicRequest, DemoAccount, KeyStore, LastBackupView,
    ModelChoice, NewAccount, PassphraseRequest, RecoverRequest, RecoveryPhraseView, SetupState,
    SetupStatus, demo,
};
use crate::{
    dispatch::Call,
    error::CommandError,
    reading::{CardView, ModelRequest, ModelView, models},
};

pub(super) fn status(call: &Call<'_>, (): ()) -> Result<SetupStatus, CommandError> {
    let inner = call.inner();
    let version = env!("CARGO_PKG_VERSION").to_string();
    let Ok(clinic) = inner.clinic() else {
        let key_store = if inner.keychain.answers() {
            KeyStore::Keychain
        } else {
            KeyStore::PlainFile
        };
        return Ok(SetupStatus {
            state: SetupState::New,
            clinic_name: None,
            demo: false,
            demo_accounts: Vec::new(),
            key_store,
            version,
            last_backup: None,
        });
    };
    let status = clinic.status();
    let state = if clinic.needs_passphrase() {
        SetupState::PassphraseNeeded
    } else if !status.demo && clinic.awaits_confirmation() {
        SetupState::RecoveryUnconfirmed
    } else {
        SetupState::Ready
    };
    Ok(SetupStatus {
        state,
        clinic_name: Some(status.clinic_name),
        demo: status.demo,
        demo_accounts: if status.demo {
            demo::accounts()
        } else {
            Vec::<DemoAccount>::new()
        },
        key_store: status.key_store.into(),
        version,
        last_backup: Clinic::last_backup_of(&inner.options.data_dir).map(|last| LastBackupView {
            at: last.at,
            folder: last.folder.display().to_string(),
            there: last.there,
        }),
    })
}

pub(super) fn models(call: &Call<'_>, (): ()) -> Result<Vec<ModelView>, CommandError> {
    models::offer(call.inner())
}

pub(super) fn model_card(call: &Call<'_>, request: ModelRequest) -> Result<CardView, CommandError> {
    models::card_of(call.inner(), &request.id, &[])
}

pub(super) fn create(
    call: &Call<'_>,
    request: CreateClinicRequest,
) -> Result<RecoveryPhraseView, CommandError> {
    let setup = Setup {
        clinic_name: request.clinic_name,
        administrator: account(request.administrator),
        doctor: request.doctor.map(account),
        device_passphrase: request.device_passphrase,
        phrase: PhraseLength::Twelve,
        demo: false,
        cost: call.inner().options.password_cost(),
    };
    make(call, setup, &request.models)
}

/// Makes the record and switches the chosen packs on.
pub(super) fn make(
    call: &Call<'_>,
    setup: Setup,
    choices: &[ModelChoice],
) -> Result<RecoveryPhraseView, CommandError> {
    let inner = call.inner();
    let (login, password) = (
        setup.administrator.login.clone(),
        setup.administrator.password.clone(),
    );
    // What was chosen is checked first, so that a wrong choice leaves nothing behind.
    for choice in choices {
        models::check_choice(inner, &choice.id, choice.accept_licence)?;
    }
    let created = Clinic::create(
        &inner.options.data_dir,
        setup,
        inner.keychain.clone(),
        inner.clock.clone(),
    )?;
    let words = created
        .phrase
        .words()
        .into_iter()
        .map(String::from)
        .collect();
    inner.set_clinic(created.clinic.clone());
    let session = created.clinic.sign_in(&login, &password)?;
    let switched = (|| {
        let active = created.clinic.session(session.id)?;
        for choice in choices {
            models::switch(inner, &active, &choice.id, true, choice.accept_licence)?;
        }
        Ok(())
    })();
    created.clinic.sign_out(session.id)?;
    switched.map(|()| RecoveryPhraseView { words })
}

pub(super) fn confirm_recovery(
    call: &Call<'_>,
    request: ConfirmRecoveryRequest,
) -> Result<(), CommandError> {
    let words: Vec<(usize, String)> = request
        .words
        .into_iter()
        .map(|word| (word.position, word.word))
        .collect();
    call.clinic()?
        .confirm_recovery(&words)
        .map_err(|error| match error {
            ::clinic::ClinicError::WrongPhrase => CommandError::PhraseNotRepeated,
            other => other.into(),
        })
}

pub(super) fn passphrase(call: &Call<'_>, request: PassphraseRequest) -> Result<(), CommandError> {
    Ok(call.clinic()?.give_passphrase(&request.passphrase)?)
}

pub(super) fn recover(call: &Call<'_>, request: RecoverRequest) -> Result<(), CommandError> {
    Ok(call.clinic()?.recover(
        &request.phrase,
        &request.login,
        &request.new_password,
        request.device_passphrase.as_ref(),
    )?)
}

pub(super) fn account(account: NewAccount) -> Account {
    Account {
        login: account.login,
        name: Phi::new(account.name),
        password: account.password,
    }
}

impl crate::host::Options {
    /// What one guess at a password costs.
    pub(crate) fn password_cost(&self) -> Cost {
        if self.cheap_passwords {
            Cost::for_tests()
        } else {
            Cost::interactive()
        }
    }
}
