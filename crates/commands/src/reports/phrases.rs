//! Texts to begin with, and short words for longer ones. Those of the house are English and describe what
//! a reader writes every day; none of them claims what nobody looked at: a template is text to be edited.

use std::{collections::HashSet, sync::LazyLock};

use ::clinic::ClinicError;
use basics::Phi;
use serde::Deserialize;

use super::{
    MacroView, RemoveMacroRequest, ReportText, SaveMacroRequest, TemplateView, TemplatesRequest,
};
use crate::{dispatch::Call, error::CommandError};

const HOUSE: &str = include_str!("../../../../assets/report/templates.json");

#[derive(Deserialize)]
struct House {
    templates: Vec<Template>,
    macros: Vec<Short>,
}

/// A text to begin with.
#[derive(Deserialize)]
pub(super) struct Template {
    key: String,
    name: String,
    modalities: Vec<String>,
    pub(super) title: String,
    pub(super) text: ReportText,
}

#[derive(Deserialize)]
struct Short {
    name: String,
    text: String,
}

static TEXTS: LazyLock<Option<House>> = LazyLock::new(|| serde_json::from_str(HOUSE).ok());

fn house() -> Result<&'static House, CommandError> {
    TEXTS.as_ref().ok_or(CommandError::Defect)
}

/// The template with this key.
pub(super) fn template(key: &str) -> Result<&'static Template, CommandError> {
    let found = house()?.templates.iter().find(|one| one.key == key);
    found.ok_or(CommandError::NotFound { what: "template" })
}

pub(super) fn templates(
    _: &Call<'_>,
    request: TemplatesRequest,
) -> Result<Vec<TemplateView>, CommandError> {
    let fits = |template: &&Template| match &request.modality {
        Some(wanted) => template.modalities.is_empty() || template.modalities.contains(wanted),
        None => true,
    };
    Ok(house()?
        .templates
        .iter()
        .filter(fits)
        .map(|template| TemplateView {
            key: template.key.clone(),
            name: template.name.clone(),
            modalities: template.modalities.clone(),
            title: template.title.clone(),
            text: template.text.clone(),
        })
        .collect())
}

pub(super) fn own(call: &Call<'_>, (): ()) -> Result<Vec<MacroView>, CommandError> {
    let own = call.clinic()?.macros(call.permit()?)?;
    let taken: HashSet<String> = own.iter().map(|one| one.name.clone()).collect();
    let built_in = house()?
        .macros
        .iter()
        .filter(|one| !taken.contains(&one.name));
    let built_in = built_in.map(|one| MacroView {
        name: one.name.clone(),
        text: Phi::new(one.text.clone()),
        built_in: true,
    });
    let own = own.into_iter().map(|one| MacroView {
        name: one.name,
        text: Phi::new(one.text),
        built_in: false,
    });
    Ok(own.chain(built_in).collect())
}

pub(super) fn save(call: &Call<'_>, request: SaveMacroRequest) -> Result<MacroView, CommandError> {
    call.clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.save_macro(&request.name, request.text.expose())
        })?;
    Ok(MacroView {
        name: request.name,
        text: request.text,
        built_in: false,
    })
}

pub(super) fn remove(call: &Call<'_>, request: RemoveMacroRequest) -> Result<(), CommandError> {
    Ok(call
        .clinic()?
        .write::<_, ClinicError>(call.permit()?, call.verb(), |change| {
            change.remove_macro(&request.name)
        })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_has_texts_with_keys_of_their_own() {
        let house = house().unwrap();
        let keys: HashSet<&str> = house.templates.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), house.templates.len());
        assert!(keys.len() >= 6);
        let names: HashSet<&str> = house.macros.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), house.macros.len());
        for name in names {
            assert!(
                name.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{name}"
            );
        }
    }
}
