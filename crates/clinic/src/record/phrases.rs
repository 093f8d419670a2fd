//! Reviews of the phrasebook: a bilingual person of the clinic approved a phrase's translation, or took
//! that back. The administrator names who may review which language.

use basics::{Language, Phi, Timestamp, UserId};
use rusqlite::{Connection, params};

use super::sql;
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::Change,
};

/// Somebody who may review phrases.
#[derive(Clone, Debug)]
pub struct PhraseReviewer {
    /// Who.
    pub user_id: UserId,
    /// Shown name of that person.
    pub name: Phi<String>,
    /// Languages they may review, by tag.
    pub languages: Vec<Language>,
}

/// What was decided last about a phrase in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseReview {
    /// Key of the phrase.
    pub phrase: String,
    /// Its translation into this language.
    pub language: Language,
    /// Hash of source and translation as they were reviewed: another text was not.
    pub hash: String,
    /// Approved; false where the approval was taken back.
    pub approved: bool,
    /// By whom.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

impl Clinic {
    /// The newest review of each phrase and language, for whoever works here: it holds no patient's data.
    ///
    /// # Errors
    /// [`ClinicError::Locked`].
    pub fn phrase_reviews(&self, _permit: &Permit) -> Result<Vec<PhraseReview>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT r.phrase, r.language, r.hash, r.approved, r.by, u.name, r.at
             FROM phrase_reviews AS r JOIN users AS u ON u.id = r.by
             WHERE r.key IN (SELECT max(key) FROM phrase_reviews GROUP BY phrase, language)
             ORDER BY r.phrase, r.language",
        )?;
        let reviews = statement.query_map([], |row| {
            Ok(PhraseReview {
                phrase: row.get(0)?,
                language: sql::language(row, 1)?,
                hash: row.get(2)?,
                approved: row.get(3)?,
                by: sql::id(row, 4)?,
                by_name: sql::phi(row, 5)?,
                at: sql::moment(row, 6)?,
            })
        })?;
        Ok(reviews.collect::<rusqlite::Result<_>>()?)
    }

    /// Everyone who may review phrases, by sign-in name.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn phrase_reviewers(&self, permit: &Permit) -> Result<Vec<PhraseReviewer>> {
        permit.needs(Permission::NamePhraseReviewers)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT u.id, u.name, r.language
             FROM phrase_reviewers AS r JOIN users AS u ON u.id = r.user
             WHERE r.named = 1
               AND r.key IN (SELECT max(key) FROM phrase_reviewers GROUP BY user, language)
             ORDER BY u.login, u.key, r.language",
        )?;
        let mut rows = statement.query([])?;
        let mut reviewers: Vec<PhraseReviewer> = Vec::new();
        while let Some(row) = rows.next()? {
            let (user_id, language) = (sql::id(row, 0)?, sql::language(row, 2)?);
            match reviewers.last_mut() {
                Some(last) if last.user_id == user_id => last.languages.push(language),
                _ => reviewers.push(PhraseReviewer {
                    user_id,
                    name: sql::phi(row, 1)?,
                    languages: vec![language],
                }),
            }
        }
        Ok(reviewers)
    }

    /// The languages that the asker may review.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn reviewed_languages(&self, permit: &Permit) -> Result<Vec<Language>> {
        permit.needs(Permission::ApprovePhrases)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT language FROM phrase_reviewers
             WHERE user = ?1 AND named = 1
               AND key IN (SELECT max(key) FROM phrase_reviewers WHERE user = ?1 GROUP BY language)
             ORDER BY language",
        )?;
        let languages =
            statement.query_map([permit.user().as_bytes()], |row| sql::language(row, 0))?;
        Ok(languages.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Names a person to review phrases of a language, or takes that back; reviews made before stay.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the person.
    pub fn name_phrase_reviewer(
        &mut self,
        user: UserId,
        language: Language,
        named: bool,
    ) -> Result<()> {
        self.needs(Permission::NamePhraseReviewers)?;
        let sql = "SELECT 1 FROM users WHERE id = ?1";
        if !self.db.prepare_cached(sql)?.exists([user.as_bytes()])? {
            return Err(ClinicError::NotFound { what: "user" });
        }
        self.subject(user);
        self.db
            .prepare_cached(
                "INSERT INTO phrase_reviewers (user, language, named, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                user.as_bytes(),
                language.tag(),
                named,
                self.by(),
                self.at()
            ])?;
        Ok(())
    }

    /// Approves a phrase's translation as it stands now, pinned by `hash`, or takes that back.
    ///
    /// # Errors
    /// [`ClinicError::Forbidden`] where the asker is not named for this language; the limits.
    pub fn review_phrase(
        &mut self,
        phrase: &str,
        language: Language,
        hash: &str,
        approved: bool,
    ) -> Result<()> {
        self.needs(Permission::ApprovePhrases)?;
        limits::name("phrase", phrase)?;
        limits::name("hash", hash)?;
        let named: Option<bool> = self
            .db
            .prepare_cached(
                "SELECT (SELECT named FROM phrase_reviewers
                         WHERE user = ?1 AND language = ?2 ORDER BY key DESC LIMIT 1)",
            )?
            .query_row(params![self.by(), language.tag()], |row| row.get(0))?;
        if named != Some(true) {
            return Err(ClinicError::Forbidden {
                permission: Permission::ApprovePhrases,
            });
        }
        self.db
            .prepare_cached(
                "INSERT INTO phrase_reviews (phrase, language, hash, approved, by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                phrase,
                language.tag(),
                hash,
                approved,
                self.by(),
                self.at()
            ])?;
        Ok(())
    }
}

/// Whether a person is named for any language now.
pub(crate) fn reviews_any(db: &Connection, user: UserId) -> Result<bool> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM phrase_reviewers
         WHERE user = ?1 AND named = 1
           AND key IN (SELECT max(key) FROM phrase_reviewers WHERE user = ?1 GROUP BY language)",
    )?;
    Ok(statement.exists([user.as_bytes()])?)
}
