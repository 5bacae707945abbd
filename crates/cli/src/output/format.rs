//! The option `-o`, `--output`: the same for every command, with the formats that the command has.
//!
//! The help lists the formats on one line, and `help formats` describes them.

use clap::{Args, ValueEnum};

/// The format of the output; `F` has the formats of a command and their default.
#[derive(Debug, Args)]
pub(crate) struct Output<F>
where
    F: ValueEnum + Default + Send + Sync + 'static,
{
    #[arg(
        short = 'o',
        long = "output",
        value_enum,
        ignore_case = true,
        value_name = "FORMAT",
        // `default_value_t` would keep one default for all kinds of formats.
        default_value = name(&F::default()),
        hide_default_value = true,
        hide_possible_values = true,
        help = help::<F>()
    )]
    pub(crate) format: F,
}

/// The help of the option, such as `Format: text, json [default: text]`. clap would print a line for each format.
fn help<F: ValueEnum + Default>() -> String {
    let names: Vec<_> = F::value_variants().iter().map(name).collect();
    let default = name(&F::default());
    format!("Format: {} [default: {default}]", names.join(", "))
}

/// The name of a format on the command line.
fn name<F: ValueEnum>(format: &F) -> String {
    let value = format.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}
