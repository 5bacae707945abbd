//! The option that chooses a format: the same of every command, with the formats that it has.

use clap::{Args, ValueEnum};

/// The format of the output, which is the first of its kind unless another one is chosen.
#[derive(Debug, Args)]
pub(crate) struct Output<F>
where
    F: ValueEnum + Default + Send + Sync + 'static,
{
    #[arg(
        short = 'o',
        long = "output",
        value_enum,
        value_name = "FORMAT",
        // `default_value_t` would keep one default for all kinds of formats.
        default_value = name(&F::default()),
        hide_default_value = true,
        hide_possible_values = true,
        help = help::<F>()
    )]
    pub(crate) format: F,
}

/// The formats by name, on one line: clap would print each with a line of its own.
fn help<F: ValueEnum + Default>() -> String {
    let names: Vec<_> = F::value_variants().iter().map(name).collect();
    let default = name(&F::default());
    format!("Format: {} [default: {default}]", names.join(", "))
}

fn name<F: ValueEnum>(format: &F) -> String {
    let value = format.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}
