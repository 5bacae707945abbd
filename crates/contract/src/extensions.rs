//! What the contract says in keys of its own: which server is which region, and which type a value has by the
//! property beside it.

use crate::document::Document;
use crate::spec::{DEFAULT, REGION, Spec, TYPED_BY};
use serde_json::Value;

/// A server of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The base URL, without a slash at its end.
    pub url: String,
    /// The name of the region as a Rust variant, such as `NorthAmerica`; empty if the contract does not pass its rules.
    pub region: String,
    /// The description; empty if there is none.
    pub description: String,
}

/// A component whose type follows from a property beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBy {
    /// The component, such as `JobConfig`.
    pub component: String,
    /// The property that decides, such as `job_type`.
    pub property: String,
    /// Values of the property, each with the component that the value has then, in the order of the file.
    pub mapping: Vec<(String, String)>,
}

/// What the service does where a field is absent, as its vendor documents it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDefault {
    /// The component that has the field.
    pub component: String,
    /// The field.
    pub field: String,
    /// The value that an absent field stands for.
    pub value: Value,
}

impl Document {
    /// The documented defaults of fields, in the order of the file.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let yaml = "components: {schemas: {Config: {properties: {lang: {type: string, x-default: en}}}}}";
    /// let defaults = Document::parse("api.yaml", yaml).unwrap().defaults();
    /// assert_eq!((&*defaults[0].component, &*defaults[0].field), ("Config", "lang"));
    /// assert_eq!(defaults[0].value, "en");
    /// ```
    pub fn defaults(&self) -> Vec<FieldDefault> {
        let components = Spec::new(self.root()).components();
        let fields = components.iter().flat_map(|component| {
            let fields = component.value.entries_of("properties").iter();
            fields.map(move |field| (component, field))
        });
        let defaults = fields.filter_map(|(component, field)| {
            Some(FieldDefault {
                component: component.key.text.clone(),
                field: field.key.text.clone(),
                value: field.value.get(DEFAULT)?.to_json(),
            })
        });
        defaults.collect()
    }

    /// The servers in the order of the file; the first one is the default.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let yaml = "servers: [{url: https://api.example.com, x-region: NorthAmerica}]";
    /// let servers = Document::parse("api.yaml", yaml).unwrap().servers();
    /// assert_eq!(servers[0].region, "NorthAmerica");
    /// ```
    pub fn servers(&self) -> Vec<Server> {
        let servers = self.root().items_of("servers").iter();
        servers
            .map(|server| {
                let text = |key| server.text_of(key).unwrap_or_default().to_owned();
                Server {
                    url: text("url"),
                    region: text(REGION),
                    description: text("description"),
                }
            })
            .collect()
    }

    /// The component that has an `x-typed-by`, of which a contract has at most one.
    ///
    /// ```
    /// use processing_results_contract::Document;
    ///
    /// let yaml = "components: {schemas: {JobConfig: {x-typed-by: {property: job_type, mapping: {parse: ParseJob}}}}}";
    /// let typed = Document::parse("api.yaml", yaml).unwrap().typed_by().unwrap();
    /// assert_eq!(typed.component, "JobConfig");
    /// assert_eq!(typed.property, "job_type");
    /// assert_eq!(typed.mapping, [("parse".to_owned(), "ParseJob".to_owned())]);
    /// ```
    pub fn typed_by(&self) -> Option<TypedBy> {
        typed_by(&Spec::new(self.root()))
    }
}

/// The component that has an `x-typed-by`.
pub(crate) fn typed_by(spec: &Spec) -> Option<TypedBy> {
    let components = spec.components();
    components.iter().find_map(|component| {
        let typed = component.value.get(TYPED_BY)?;
        let mapping = typed.entries_of("mapping").iter().map(|entry| {
            let target = entry.value.text().unwrap_or_default();
            (entry.key.text.clone(), target.to_owned())
        });
        Some(TypedBy {
            component: component.key.text.clone(),
            property: typed.text_of("property")?.to_owned(),
            mapping: mapping.collect(),
        })
    })
}
