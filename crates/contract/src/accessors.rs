//! What a document says in the keys of our own, for code generation and the command.

use crate::document::Document;
use crate::extensions::{FieldDefault, Server, TypedBy, region_names, typed_by};
use crate::spec::{DEFAULT, REGION, Spec};

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
    /// assert_eq!(servers[0].name, "north-america");
    /// assert_eq!(servers[0].short_name, "na");
    /// ```
    pub fn servers(&self) -> Vec<Server> {
        let servers = self.root().items_of("servers").iter();
        servers
            .map(|server| {
                let text = |key| server.text_of(key).unwrap_or_default().to_owned();
                let region = text(REGION);
                let (name, short_name) = region_names(&region);
                Server {
                    url: text("url"),
                    region,
                    name,
                    short_name,
                    description: text("description"),
                }
            })
            .collect()
    }

    /// The component with an `x-typed-by`; a contract has at most one.
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
