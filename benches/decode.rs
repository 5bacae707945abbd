//! Decoding, typing and encoding, against three floors in the same run.
fn main(){}
