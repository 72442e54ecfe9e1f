//! Literate command-line cases: the commands in `tests/cmd/*.md` print what stands there.

#[test]
fn literate_cases() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cmd/*.md").env("NO_COLOR", "1").env("COLUMNS", "80");
    if cfg!(not(feature = "model2vec")) {
        cases.skip("tests/cmd/vectors.md");
    }
}
