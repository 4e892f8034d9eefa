//! CAT-01: the real rows: those that the product carries, and the whole national data where somebody has it.

use crate::{catalogue_import::import, world::World};
use motcua::import::{Fate, Line, Summary};

/// Every row has its line, and a line that mends or refuses says what.
fn assert_each_row_is_told(name: &str, s: &Summary, lines: &[Line]) {
    assert_eq!(lines.len(), s.taken + s.mended + s.refused + s.unchanged + s.changed, "{name}");
    for line in lines {
        let says = match &line.fate {
            Fate::Mended { what } | Fate::Changed { what } => !what.is_empty() && what.iter().all(|w| w.contains(": ")),
            Fate::Refused { why } => !why.is_empty(),
            _ => true,
        };
        assert!(says && !line.key.is_empty(), "{name}: {line:?}");
    }
}

/// The 260 real procedures that the product carries: each is taken, told of, and nothing is asked a second time.
#[tokio::test]
async fn cat_01_all_that_the_product_carries_goes_through_and_a_second_time_changes_nothing() {
    let world = World::sqlite();
    let carried = motcua::catalogue::import::embedded();
    let (first, lines) = import(&world, "procedures.jsonl.gz", carried);
    assert_each_row_is_told("first", &first, &lines);
    assert_eq!((lines.len(), first.refused, first.changed), (260, 0, 0), "{first:?}");
    world.app.refresh().await.unwrap();
    assert_eq!(world.app.reference().procedures.len(), first.taken + first.mended);
    let (again, _) = import(&world, "procedures.jsonl.gz", carried);
    assert_eq!(again, Summary { unchanged: 260, ..Summary::default() });
}

/// All of the national data goes through, and again nothing changes. Not carried here (CONTRIBUTING.md says how to run it).
#[tokio::test]
#[ignore = "needs MOTCUA_REAL_DATA, the folder of the national data"]
async fn cat_01_all_of_the_real_data_goes_through_and_a_second_time_changes_nothing() {
    let folder = std::env::var_os("MOTCUA_REAL_DATA").expect("MOTCUA_REAL_DATA names the folder of the national data");
    let world = World::sqlite();
    let mut first = Vec::new();
    for name in ["catalogue.jsonl.gz", "details_structured.jsonl.gz", "details_text.jsonl.gz"] {
        let bytes = std::fs::read(std::path::Path::new(&folder).join(name)).unwrap();
        let (summary, lines) = import(&world, name, &bytes);
        assert_each_row_is_told(name, &summary, &lines);
        first.push((name, bytes, summary));
    }
    let sum = |s: &Summary| s.taken + s.mended + s.refused + s.unchanged + s.changed;
    assert_eq!(first.iter().map(|f| sum(&f.2)).collect::<Vec<_>>(), [2836, 260, 1323]);
    assert_eq!(
        first.iter().map(|f| f.2.refused).sum::<usize>(),
        0,
        "{:?}",
        first.iter().map(|f| f.2).collect::<Vec<_>>()
    );
    for (name, bytes, before) in &first {
        let (again, _) = import(&world, name, bytes);
        assert_eq!(again.taken + again.mended, 0, "{name}: {again:?}");
        assert_eq!(again.changed, before.changed, "{name} asks for no more than before");
    }
}
