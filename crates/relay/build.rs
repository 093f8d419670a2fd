//! The patient page is embedded when it has been built: cargo looks again whenever it changes.

fn main() {
    println!("cargo::rerun-if-changed=../../ui/dist-patient");
}
