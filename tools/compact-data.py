#!/usr/bin/env python3
"""Makes the compact demo data that the product carries (crates/app/data) out of full public data.

    tools/compact-data.py DATA_FOLDER [OUT_FOLDER]

DATA_FOLDER holds procedures/details_structured.jsonl.gz (answers of the national portal), units/*.csv and names/*.txt.
Only facts are kept: codes, names, fields, agencies, limits, fees, components and counts. Long texts of steps are left out,
other texts are cut. The rows keep the portal's shape, so the same importer reads both. The build does not need this script;
run it again only when the data shall change. The same input gives the same bytes.
"""
import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

NOTE = 900  # characters kept of a note beside a way, a fee or a condition: limits are hidden in them
TITLE = 200  # characters kept of a law's or a step's title

# Common family and middle names; together with the given names they make people who do not exist.
SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Trịnh "
    "Mai Đào Vương Hà Cao Tạ Thái Lương Tô Châu Quách Phùng Từ Kiều La Giang Triệu Vi Bế Nông"
).split()
MIDDLES = {
    "boy": "Văn Hữu Đức Minh Quang Công Đình Xuân Thanh Ngọc Quốc Anh".split(),
    "girl": "Thị Ngọc Thu Thanh Minh Kim Mỹ Hồng Phương Bích Diệu Khánh".split(),
}


def cut(text, most):
    text = text or ""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + "…"


def pick(item, *keys):
    return {key: item[key] for key in keys if item.get(key) not in (None, "", [], False)}


def fee(item):
    return pick(item, "type", "currencyName") | {"value": item["value"], "description": cut(item.get("description"), NOTE)}


def way(item):
    return {
        "submissionMethod": item["submissionMethod"],
        "processingTime": item["processingTime"] if not isinstance(item["processingTime"], str) else cut(item["processingTime"], NOTE),
        "processingTimeUnit": item["processingTimeUnit"],
        "description": cut(item.get("description"), NOTE),
        "fees": [fee(f) for f in item["fees"]],
    }


def component(item):
    kept = pick(item, "profileComponentId", "originalQty", "copyQty", "required", "hasElectronicForm", "code")
    kept["name"] = item["name"]
    forms = [{"fileName": a["fileName"]} for a in item.get("attachments", [])]
    return kept | ({"attachments": forms} if forms else {})


def named(items, most=TITLE):
    return [pick(i, "code") | {"name": cut(i["name"], most)} for i in items]


def procedure(row):
    flags = "isWard isProvince isMinistry isOtherAgency isVertical isFullProcess isOfflineOnly isNonTerritorial".split()
    lists = (
        "categoriesDetails departmentsExecuting unitGroupsExecuting departmentsAuthority unitGroupsAuthority "
        "departmentsCoordinating unitGroupsCoordinating resultsDetails subjectTypesDetails legalBasisesDetails"
    ).split()
    proposal = row["procedureProposal"]
    kept = pick(row, "code", "name", "state", "departmentPromulgateName", *flags)
    kept |= {key: named(row[key]) for key in lists if row.get(key)}
    kept["executionSteps"] = [{"name": cut(s["name"], TITLE)} for s in row["executionSteps"] if s["name"].strip()]
    kept["executionMethods"] = [way(m) for m in row["executionMethods"]]
    kept["executionCases"] = [
        {"name": cut(c["name"], NOTE), "profileComponents": [component(p) for p in c["profileComponents"]]}
        for c in row["executionCases"]
    ]
    kept["cases"] = [pick(c, "name", "code", "processingDay") for c in row["cases"]]
    kept["requirementsAndConditions"] = cut(row.get("requirementsAndConditions"), NOTE)
    kept["procedureProposal"] = pick(proposal, "proposalNumber", "decisionDate") | {"issuingAgency": pick(proposal["issuingAgency"], "name")}
    return kept


def write_gz(path, text):
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())


def procedures(data, out):
    with gzip.open(data / "procedures/details_structured.jsonl.gz", "rt") as file:
        rows = sorted((json.loads(line) for line in file), key=lambda r: r["code"].strip())
    lines = (json.dumps(procedure(r), ensure_ascii=False, separators=(",", ":")) for r in rows)
    write_gz(out / "procedures.jsonl.gz", "\n".join(lines) + "\n")


def areas(data, out):
    with open(data / "units/agency_codes_34_provinces_2026-09.csv", encoding="utf-8") as file:
        identifiers = {plain(r["name"].replace("UBND ", "")): r["code"] for r in csv.DictReader(file)}
    with open(data / "units/after_2025_07_01_units.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    provinces = sorted({(r["province_code"], unicodedata.normalize("NFC", r["province_full_name"])) for r in rows})
    table = [(code, name, identifiers.get(plain(name), "")) for code, name in provinces]
    (out / "provinces.csv").write_text(csv_text(["code", "name", "identifier"], table), encoding="utf-8")
    communes = [(r["ward_code"], unicodedata.normalize("NFC", r["ward_full_name"]), r["province_code"]) for r in rows]
    write_gz(out / "communes.csv.gz", csv_text(["code", "name", "province_code"], sorted(communes)))


def former(data, out):
    """Communes as they were before 1 July 2025, and what each became (several when it was divided, the largest part first)."""
    with gzip.open(data / "units/before_2025_wards.csv.gz", "rt", encoding="utf-8") as file:
        before = list(csv.DictReader(file))
    with open(data / "units/after_2025_07_01_units.csv", encoding="utf-8") as file:
        now = {place(r["province_full_name"], r["ward_full_name"]): r["ward_code"] for r in csv.DictReader(file)}
    with gzip.open(data / "units/old_to_new_2025.json.gz", "rt", encoding="utf-8") as file:
        maps = json.load(file)
    became = {}
    for province, communes in maps["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                became.setdefault(old, []).append(now.get(place(province, commune), ""))
    for province, olds in maps["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            parts = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            became[old] = [now.get(place(province, part["newWardKey"]), "") for part in parts]
    # Districts and kinds changed in the last months: a name that is the only one in its old province is the same commune.
    alone = {}
    for old in became:
        province, _, commune = old.split("_")
        alone.setdefault(place(province, commune), []).append(old)
    found = spelt_otherwise(before, became, alone)
    rows = []
    for r in before:
        old = before_key(r)
        same = alone.get(place(r["province_name"], r["ward_name"]), [])
        if old not in became and len(same) == 1:
            old = same[0]
        old = found.get(old, old)
        codes = list(dict.fromkeys(code for code in became.get(old, []) if code))
        names = [unicodedata.normalize("NFC", r[part]) for part in ("ward_name", "district_name", "province_name")]
        rows.append((r["ward_code"], *names, ";".join(codes)))
    write_gz(out / "former_communes.csv.gz", csv_text(["code", "name", "district", "province", "became"], sorted(rows)))


def before_key(r):
    return "_".join(key(r[part]) for part in ("province_name", "district_name", "ward_name"))


def spelt_otherwise(before, became, alone):
    """Communes that the map spells in another way, or under the two names that were put together in 2024 ("Văn Miếu - Quốc Tử
    Giám"). What is left merged before the map begins: the data does not say into what, and nothing is guessed."""
    known = {before_key(r) for r in before}
    free, names = {}, {}
    for old in sorted(set(became) - known):
        province, district, commune = old.split("_")
        for area in ((province, district), (province,)):
            free.setdefault((area, loose(commune)), []).append(old)
    lost = {}
    for r in before:
        old = before_key(r)
        province, district, commune = old.split("_")
        names.setdefault((province, district), set()).add(bare(commune))
        if old not in became:
            for area in ((province, district), (province,)):
                lost.setdefault((area, loose(commune)), []).append(old)
    found = {}
    for (area, name), olds in lost.items():
        # One name on either side, or it is not the same place for certain.
        if len(olds) == 1 and len(free.get((area, name), [])) == 1:
            found.setdefault(olds[0], free[(area, name)][0])
    for old in set(became) - known:
        province, district, commune = old.split("_")
        joined = bare(commune)
        for first in names.get((province, district), ()):
            rest = joined.removeprefix(first)
            if joined.startswith(first) and rest in names[(province, district)]:
                for part in (first, rest):
                    for whole in lost.get(((province, district), loose(part)), []):
                        found.setdefault(whole, old)
    return found


def bare(commune):
    return re.sub("^(phường|xã|phuong|xa|thitran|dackhu)", "", commune)


def loose(commune):
    """Spellings that stand for one name: i/y, s/x, tr/ch, r/d, k/c, and NT for Nông trường."""
    name = re.sub("^nt", "nongtruong", bare(commune))
    for one, other in (("y", "i"), ("tr", "ch"), ("x", "s"), ("gi", "d"), ("r", "d"), ("qu", "q"), ("k", "c")):
        name = name.replace(one, other)
    return name


def place(province, commune):
    """A commune by its names alone: provinces became cities, communes became wards, numbers lost their zero."""
    province = re.sub("^(tinh|thanhpho)", "", key(province))
    commune = re.sub("^(phuong|xa|thitran|dackhu)", "", key(commune))
    return province.replace("thuathienhue", "hue"), re.sub("^0+", "", commune)


def key(name):
    return "".join(c for c in plain(name) if c.isalnum())


def plain(name):
    marks_off = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return marks_off.replace("đ", "d")


def csv_text(head, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def names(data, out):
    rows = [("surname", "", s) for s in SURNAMES]
    for sex in ("boy", "girl"):
        rows += [("middle", sex, m) for m in MIDDLES[sex]]
        lines = (data / f"names/namedb_{sex}.txt").read_text(encoding="utf-8").split("\n")
        # The list holds middle and given name together; the last word is the given name.
        given = sorted({unicodedata.normalize("NFC", line.split()[-1]) for line in lines if line.strip()})
        rows += [("given", sex, g) for g in given]
    (out / "names.csv").write_text(csv_text(["part", "sex", "name"], rows), encoding="utf-8")
    (out / "names-LICENSE").write_text((data / "names/namedb_LICENSE").read_text(encoding="utf-8"), encoding="utf-8")


def main():
    data = Path(sys.argv[1])
    out = Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parent.parent / "crates/app/data")
    out.mkdir(parents=True, exist_ok=True)
    for make in (procedures, areas, former, names):
        make(data, out)
    for file in sorted(out.iterdir()):
        print(f"{file.stat().st_size:>8} {file.name}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main()
