//! Literate command-line cases: the commands in `tests/cmd/*.md` print what stands there.

#[test]
fn literate_cases() {
    trycmd::TestCases::new().case("tests/cmd/*.md").env("NO_COLOR", "1").env("COLUMNS", "80");
}
