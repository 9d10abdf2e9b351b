"""Every law: what keeps it passes, what breaks it is told once, at the line of the fault."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from macros.records import laws
from macros.records.laws import Law, activities, evidence, identity, order, references, routes, venues
from macros.records.laws.law import LawOfOne
from macros.records.load import load, read
from macros.records.problems import Level
from tests.support import AS_OF, DISTRICT
from tests.support.looping import failures
from tests.support.projects import base, load_project, platform, policy, target

POND, LAKE = "data/bases/pond.yml", "data/bases/lake.yml"
MEASURES, RULES = "data/policies/measures.yml", "data/policies/rules.yml"
AIM, STATION, GARDEN = "data/targets/aim.yml", "data/platforms/station.yml", "data/incubators/garden.yml"
TALK, WALK = "data/activities/talk.yml", "data/routes/walk.yml"
EACH_SATURDAY = (
    "weekly: [{days: [周六], from: 9:00, from_date: 2026-12-05, to_date: 2026-12-26, except: [2026-12-12]}]\n"
)
TUESDAYS = "opening: [{days: [周二], from: 9:00, to: 12:00}]\n"
FRIDAYS = TUESDAYS.replace("周二", "周五")
OWN = {TALK, WALK, POND, LAKE, MEASURES, RULES, AIM, STATION, GARDEN, "data/terms/indicators.yml"}
Files = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """A law with projects that keep it and projects that break it.

    Attributes:
        law: the law.
        kept: files of projects that keep it.
        broken: files of projects that break it, each with the rule and the line that are told.
    """

    law: Law
    kept: tuple[Files, ...]
    broken: tuple[tuple[Files, str, int], ...]


def pond(extra: str) -> Files:
    return {POND: base(extra)}


def talk(extra: str) -> Files:
    return {TALK: f"name: 讲座\nsummary: 一次。\nsources: [{{title: 通知, mark: official}}]\n{extra}"}


def walk(extra: str) -> Files:
    return {WALK: f"name: 线路\nsummary: 一条。\nsources: [{{title: 通知, mark: official}}]\n{extra}"}


def measures(extra: str) -> Files:
    return {MEASURES: policy(extra)}


def garden(indicator: str) -> Files:
    record = f"name: 园\nsummary: 一个。\nsources: [{{ref: plan}}]\nindicators: [{indicator}]\n"
    return {GARDEN: record, "data/terms/indicators.yml": "firms: {label: 企业, order: 1}\n"}


def aim_in_words(words: str, extra: str) -> str:
    return re.sub("(?m)^target: .*$", f"target: {words}", target(extra))


QUESTION = "questions:\n  - question: 几处？\n    choices: %s\n    answer: 一处\n    because: %s\n"
STAMP = f"passport:\n  stamp: k1-%s-{0:032}\n"
HELD = "recognitions:\n  - {title: 基地, level: 省级, stage: held"
OPENING = "opening:\n  - days: [周二]\n    from: 9:00\n    to: "
PHOTO = {"content/files/bases/pond/photo.jpg": ""}

POINT = "location: {longitude: %s, latitude: %s, crs: gcj02}\n"
SHUT = (
    "special_hours:\n  - {from_date: 2026-10-01, to_date: 2026-10-07, from: 9:00, to: 21:00}\n"
    "closures:\n  - {reason: 检修, from_date: %s}\n"
)
SPECIAL = (
    "special_hours:\n  - {from_date: 2026-10-01, to_date: 2026-10-07, from: 9:00, to: 21:00}\n  - {from_date: %s}\n"
)
YEAR = (
    '%d: {notices: [{title: 甲, doc_no: 乙, published: 2025-11-04, url: "https://example.org/"}], '
    "days: [{name: 元旦, from: %d-01-01, to: %d-01-03, day: %d-01-01}]}\n"
)
SUNDAYS = pond("opening: [{days: [周日]}]\n")
HOURS = "opening:\n  - {days: [周二, 周三], from: 9:00, to: 12:00}\n  - {days: [周三], %s}\n"

FROM, UNTIL = "publish_from: 2026-12-10", "publish_until: 2026-12-20"
GROUP = "group_visit: {%s}\n"
LESSON = "textbook: [{stage: 初中, subject: 物理, book: 八年级上册}]"

CASES = (
    Case(
        venues.points_lie_in_the_province,
        (pond(""), pond(POINT % (113.08, 22.59))),
        (
            (pond(POINT % (22.59, 113.08)), "point-outside", 4),
            (pond(POINT % (139.7, 35.7)), "point-outside", 4),
        ),
    ),
    Case(
        evidence.questions_have_an_answer,
        (pond(""), pond(QUESTION % ("[一处, 两处]", "无"))),
        (
            (pond(QUESTION % ("[两处, 三处]", "无")), "question-form", 7),
            (pond(QUESTION % ("[一处, 两处, 两处]", "无")), "question-form", 6),
            (pond(QUESTION % ("[一处]", "无")), "question-form", 6),
            (pond(QUESTION % ("[一处, 二, 三, 四, 五, 六, 七]", "无")), "question-form", 6),
        ),
    ),
    Case(
        evidence.answers_are_proven,
        (pond(""), pond(QUESTION % ("[一处, 两处]", "一 处。")), pond("body: 有**一个**池塘\n" + QUESTION % ("[一处]", "有一个池塘"))),
        ((pond(QUESTION % ("[一处, 两处]", "两处。")), "question-form", 8),),
    ),
    Case(
        venues.groups_can_come,
        (pond(GROUP % "min: 20, max: 20, minutes: 90, lead_days: 0"), pond(GROUP % f"stages: [初中], {LESSON}"), pond(GROUP % LESSON)),
        (
            (pond(GROUP % "min: 21, max: 20"), "contradiction", 4),
            (pond(GROUP % f"stages: [高中], {LESSON}"), "contradiction", 4),
            *((pond(GROUP % number), "wrong-number", 4) for number in ("min: 0", "max: 0", "minutes: 0", "lead_days: -1", "max: 1.5")),
        ),
    ),
    Case(
        evidence.stamps_are_of_their_base,
        (pond(""), pond(STAMP % "pond"), pond("former_ids: [lake]\n" + STAMP % "lake")),
        ((pond(STAMP % "lake"), "wrong-stamp", 5),),
    ),
    Case(
        venues.hours_do_not_overlap,
        (
            pond(HOURS % "from: 12:00, to: 17:00"), pond(HOURS % "from: 11:00"), pond(HOURS % "from: 11:00, to: 17:00, part: 天象厅"),
            *(
                pond(f"opening:\n  - {{days: [周日], from: 9:00, to: 12:00, {one}}}\n  - {{days: [周日], from: 9:00, to: 17:00, {other}}}\n")
                for one, other in (
                    ("season: 5月—9月", "season: 10月—4月"), ("season: 夏季", "season: 冬季"), ("weeks: [第一个]", "weeks: [第二个, 最后一个]"),
                    ("to_date: 2026-06-30", "from_date: 2026-07-01"),
                )
            ),
        ),
        (
            (pond(HOURS % "from: 11:30, to: 17:00"), "hours-overlap", 6),
            (pond(HOURS % "from: 11:30, to: 17:00, season: 5月—9月"), "hours-overlap", 6),
            (pond(HOURS % "from: 11:30, to: 17:00, weeks: [第一个]"), "hours-overlap", 6),
            (pond("opening:\n  - {days: [周六], from: 18:00, to: 2:00}\n  - {days: [周六], from: 23:00, to: 24:00}\n"), "hours-overlap", 6),
        ),
    ),
    Case(
        venues.special_days_agree,
        (
            pond(SPECIAL % ("2026-10-03, from: 9:00, to: 12:00")), pond(SPECIAL % "2026-10-08, from: 9:00, to: 12:00"),
            pond(SPECIAL % "2026-10-01, to_date: 2026-10-07, from: 21:00, to: 22:00"), pond(SPECIAL % "2026-10-05, to_date: 2026-10-09, note: 看通知"),
            pond(SPECIAL % "2026-10-05, to_date: 2026-10-09, from: 9:00, to: 12:00, part: 天象厅"),
        ),
        (
            (pond(SPECIAL % "2026-10-05, to_date: 2026-10-09, from: 9:00, to: 12:00"), "hours-overlap", 6),
            (pond(SPECIAL % "2026-10-01, to_date: 2026-10-07, from: 10:00, to: 12:00"), "hours-overlap", 6),
        ),
    ),
    Case(
        venues.closures_are_not_special_days,
        (
            pond(SHUT % "2026-10-03"), pond(SHUT % "2026-10-08"), pond(SHUT % "2026-10-01, to_date: 2026-10-07, part: 天象厅"),
        ),
        (
            (pond(SHUT % "2026-10-01, to_date: 2026-10-07"), "contradiction", 5),
            (pond(SHUT % "2026-09-30, to_date: 2026-10-31"), "contradiction", 5),
            (pond(SHUT % "2026-10-05, to_date: 2026-10-09"), "contradiction", 5),
        ),
    ),
    Case(
        venues.holidays_have_one_rule,
        (
            pond("opening: [{days: [周日], from: 9:00, to: 12:00}]\non_holidays: 按周日\n"), pond("on_holidays: 不开放\n"),
            pond("holiday_hours:\n  - {holidays: [春节], rule: 照常}\n  - {holidays: [初一], rule: 不开放}\n"),
            pond("holiday_hours:\n  - {holidays: [春节], from: 9:00, to: 11:00}\n  - {holidays: [春节], from: 14:00, to: 16:00}\n"),
        ),
        (
            (pond("on_holidays: 按周日\n"), "holiday-form", 4),
            (pond("holiday_hours:\n  - {holidays: [春节], rule: 按周日}\n"), "holiday-form", 5),
            (pond("holiday_hours:\n  - {holidays: [初一], rule: 照常}\n  - {holidays: [大年初一], rule: 不开放}\n"), "contradiction", 6),
            (pond("holiday_hours:\n  - {holidays: [国庆], from: 9:00, to: 11:00}\n  - {holidays: [国庆节], from: 10:00, to: 16:00}\n"), "contradiction", 6),
        ),
    ),
    Case(
        venues.seasons_have_days,
        (pond("opening: [{days: [周日], season: 夏季（5月—9月）}]\n"), pond("opening: [{days: [周日]}]\n")),
        ((pond("opening:\n  - {days: [周日], season: 夏季}\n"), "season-without-days", 5),),
    ),
    Case(
        venues.holidays_of_the_year_are_written,
        (
            pond("opening: [{days: [周日]}]\n"),
            {"data/terms/holidays.yml": "{}\n", **pond("")},
            {"data/terms/holidays.yml": YEAR % (2026, 2026, 2026, 2026), **pond("")},
        ),
        (
            ({"data/terms/holidays.yml": YEAR % (2026, 2026, 2026, 2026), **SUNDAYS}, "holidays-missing", 1),
            ({"data/terms/holidays.yml": YEAR % (2027, 2027, 2027, 2027), **SUNDAYS}, "holidays-missing", 1),
        ),
    ),
    Case(
        references.references_exist,
        (pond("merged_into: wetland\n"), {AIM: target("related: [plan, wetland, aim]\n")}),
        (
            (pond("merged_into: wetlnd\n"), "dangling-reference", 4),
            ({AIM: target("related:\n  - wetland\n  - nothing\n")}, "dangling-reference", 7),
            ({MEASURES: policy("replaces: [wetland]\n")}, "wrong-kind-of-reference", 4),
        ),
    ),
    Case(
        references.published_records_name_no_drafts,
        (
            {POND: base("draft: 是\n"), LAKE: base("draft: 是\nmerged_into: pond\n")},
            *(
                {POND: base(f"{one}\n"), AIM: target(f"{other}\nrelated: [pond]\n")}
                for one, other in (
                    ("publish_from: 2026-11-24", ""), (FROM, FROM), (UNTIL, UNTIL),
                    ("publish_until: 2026-11-01", "publish_until: 2026-11-20"),
                )
            ),
        ),
        (
            ({POND: base("draft: 是\n"), LAKE: base("merged_into: pond\n")}, "reference-to-draft", 4),
            *(
                ({POND: base(f"{one}\n"), AIM: target(f"{other}\nrelated: [pond]\n")}, "reference-to-draft", 6)
                for one, other in (
                    (FROM, "body: 无"), (FROM, "publish_from: 2026-12-09"), (UNTIL, "body: 无"), (UNTIL, "publish_until: 2026-12-21"),
                )
            ),
        ),
    ),
    Case(
        order.publishing_ends_after_it_begins,
        (pond(f"{FROM}\n{UNTIL}\n"), pond("publish_from: 2026-12-10\npublish_until: 2026-12-10\n")),
        ((pond("publish_from: 2026-12-10\npublish_until: 2026-12-09\n"), "dates-out-of-order", 5),),
    ),
    Case(
        references.undisclosed_fields_are_fields_and_empty,
        (pond("undisclosed: [contact.person, opening]\ncontact: {phone: 0750-1234567}\n"),),
        (
            (pond("undisclosed: [nobody]\n"), "undisclosed-unknown", 4),
            (pond("undisclosed: [address]\naddress: 荷塘路\n"), "undisclosed-published", 4),
        ),
    ),
    Case(
        references.no_cycles,
        (
            {MEASURES: policy("replaces: [rules, plan]\n"), RULES: policy("replaces: [plan]\n")},
            {POND: base("merged_into: lake\n"), LAKE: base("merged_into: wetland\n")},
        ),
        (
            ({MEASURES: policy("replaces: [rules]\n"), RULES: policy("replaces: [measures]\n")}, "cycle", 4),
            (pond("merged_into: pond\n"), "cycle", 4),
            (pond("split_into: [wetland, pond]\n"), "cycle", 4),
            ({POND: base("split_into: [lake, wetland]\n"), LAKE: base("merged_into: pond\n")}, "cycle", 4),
        ),
    ),
    Case(
        order.dates_in_order,
        (
            measures("adopted: 2024-05\npublished: 2024-05-03\n"),
            measures("written: 2024\npublished: 2024-01\n"),
            measures("effective_from: 2024\neffective_to: 2024\n"),
        ),
        (
            (measures("written: 2024-05\npublished: 2024-04\n"), "dates-out-of-order", 5),
            (measures("effective_to: 2020\neffective_from: 2024\n"), "dates-out-of-order", 4),
        ),
    ),
    Case(
        venues.spans_in_order,
        (
            pond(OPENING + "17:00\n    last_entry: 16:30\n"), pond("opening: [{days: [周五], from: 18:00, to: 2:00, last_entry: 1:00}]\n"),
            pond("opening: [{days: [周五], from: 12:00, to: 0:00}]\n"), pond("opening: [{days: [周五], to: 12:00}, {days: [周六], from: 12:00}, {days: [周日]}]\n"),
            pond("special_hours:\n  - {from_date: 2026-05-01, to_date: 2026-05-01, note: 节日}\n"),
            pond("closures:\n  - {from_date: 2026-05-01, reason: 检修}\n"),
        ),
        (
            (pond(OPENING + "9:00\n"), "hours-out-of-order", 7),
            (pond(OPENING + "5:00\n"), "hours-out-of-order", 7),
            (pond("opening:\n  - {days: [周五], last_entry: 16:00}\n"), "hours-out-of-order", 5),
            (pond("opening:\n  - {days: [周五], from: 18:00, to: 2:00, last_entry: 3:00}\n"), "hours-out-of-order", 5),
            (pond("opening:\n  - {days: [周五], from_date: 2026-05-02, to_date: 2026-05-01}\n"), "dates-out-of-order", 5),
            (pond("holiday_hours:\n  - {holidays: [国庆节], from: 17:00, to: 9:00}\n"), "hours-out-of-order", 5),
            (pond(OPENING + "17:00\n    last_entry: 8:59\n"), "hours-out-of-order", 8),
            (pond("closures:\n  - {from_date: 2026-05-02, to_date: 2026-05-01, reason: 检修}\n"), "dates-out-of-order", 5),
        ),
    ),
    Case(
        order.recognition_ends_after_it_begins,
        (pond(HELD + ", year: 2020, valid_to: 2020-05}\n"), pond(HELD + ", valid_to: 2020}\n")),
        ((pond(HELD + ", year: 2020, valid_to: 2019-12}\n"), "dates-out-of-order", 5),),
    ),
    Case(
        order.nothing_happened_in_the_future,
        (
            pond("reviewed_on: 2026-11-24\n"), pond("opened: 2026-11\n"), pond("opened: 2026\n"),
            pond(HELD + ", valid_to: 2030}\n"), pond(HELD.replace("held", "planned") + ", year: 2030, due: 2030}\n"),
            pond("closures: [{from_date: 2030-01-01, reason: 检修}]\n"),
            measures("effective_from: 2030\neffective_to: 2031\napplies_to: {until: 2030}\n"), pond("changes: [{date: 2026-11-24, text: 甲}]\n")),
        (
            (pond("reviewed_on: 2026-11-25\n"), "date-in-future", 4),
            (pond("opened: 2062-05\n"), "date-in-future", 4),
            (pond("opened: 2026-12\n"), "date-in-future", 4),
            (pond("events:\n  - {date: 2062-05-01, text: 开馆。}\n"), "date-in-future", 5),
            (pond(HELD + ", year: 2062}\n"), "date-in-future", 5),
            (pond(HELD + ", sources: [{title: 甲, mark: press, published: 2062}]}\n"), "date-in-future", 5),
            *(
                (measures(f"{field}: 2062-05-01\n"), "date-in-future", 4)
                for field in ("published", "written", "adopted", "revised")
            ),
            ({AIM: target("actual: 2\nas_of: 2062\nactual_sources: [{ref: plan}]\n")}, "date-in-future", 6),
            ({STATION: platform("stage: 已有\nstage_as_of: 2062\n")}, "date-in-future", 5),
            (pond("changes:\n  - {date: 2020-01-01, text: 甲}\n  - {date: 2030-01-01, text: 甲}\n"), "date-in-future", 6),
        ),
    ),
    Case(
        order.changes_go_forward,
        (
            pond("changes: [{date: 2020-01-01, text: 甲}, {date: 2021-01-01, text: 甲}, {date: 2021-01-01, text: 乙}]\n"),
            pond("changes: [{date: 2021-01-01, text: 甲}, {date: 2020-01-01, text: 甲}]\n"),
        ),
        (
            (
                pond("changes: [{date: 2020-01-01, text: 甲}, {date: 2022-01-01, text: 甲}, {date: 2021-01-01, text: 甲}]\n"),
                "changes-out-of-order",
                4,
            ),
        ),
    ),
    Case(
        identity.former_ids_stay_unique,
        (pond("former_ids: [old-pond]\n"),),
        (
            (pond("former_ids:\n  - old\n  - wetland\n"), "former-id-taken", 6),
            ({POND: base("former_ids: [old]\n"), LAKE: base("former_ids: [old]\n")}, "former-id-taken", 4),
            (pond("former_ids: [Con]\n"), "former-id-taken", 4),
            (pond("former_ids: [readme]\n"), "former-id-taken", 4),
        ),
    ),
    Case(
        identity.splits_have_several_parts,
        ({POND: base("split_into: [lake, wetland]\n"), LAKE: base("split_into: [wetland, plan]\n")},),
        (
            (pond("split_into: [wetland]\n"), "split-form", 4),
            (pond("split_into: [wetland, wetland]\n"), "split-form", 4),
            (pond("merged_into: plan\nsplit_into: [wetland, plan]\n"), "split-form", 5),
        ),
    ),
    Case(
        identity.recognitions_differ,
        (pond(HELD + "}\n  - {title: 基地, level: 市级, stage: held}\n  - {title: 基地, level: 省级, stage: planned}\n"),),
        ((pond(HELD + "}\n  - {title: 基地, level: provincial, stage: 已认定}\n"), "repeated-recognition", 6),),
    ),
    Case(
        venues.admission_is_free_or_costs,
        (
            pond("admission: {free: 是}\n"), pond("admission: {free: 否, price: 每人 10 元}\n"),
            pond("admission: {free: 是, price: 免费}\n"), pond("admission: {free: 是, price: 0 元}\n"),
        ),
        ((pond("admission: {free: 是, price: 每人 10 元}\n"), "contradiction", 4),),
    ),
    Case(
        evidence.units_of_indicators_belong_to_numbers,
        (garden("{name: 企业, year: 2020, value: 50 多家, unit: 家}"), garden("{name: 企业, year: 2020, value: 50, unit: 家}")),
        ((garden("{name: 企业, year: 2020, value: 超过 50, unit: 家}"), "contradiction", 4),),
    ),
    Case(
        evidence.units_of_targets_belong_to_numbers,
        ({AIM: target("unit: 家\n")}, {AIM: aim_in_words("50 多家", "unit: 家\n")}, {AIM: aim_in_words("列入", "")}),
        (({AIM: aim_in_words("12%", "unit: 家\n")}, "contradiction", 5),),
    ),
    Case(
        identity.values_differ,
        (pond("aliases: [甲, 乙]\nopening:\n  - {days: [周四], from: 9:00, to: 12:00}\n  - {days: [周四], from: 14:00, to: 17:00}\n"),),
        (
            (pond("opening:\n  - {days: [周四, 四], from: 9:00, to: 12:00}\n"), "repeated-value", 5),
            (pond("aliases:\n  - 甲\n  - 乙\n  - 甲\n"), "repeated-value", 7),
            (pond("events:\n  - {date: 2020, text: 甲。}\n  - {date: 2020, text: 甲。}\n"), "repeated-value", 6),
            (pond(f"aliases: [{', '.join(map(str, range(1001)))}]\n"), "too-long", 4),
        ),
    ),
    Case(
        evidence.files_exist,
        ({POND: base("images: [{file: photo.jpg, alt: 池塘}]\n"), **PHOTO},),
        ((pond("images: [{file: photo.jpg, alt: 池塘}]\n"), "missing-file", 4),),
    ),
    Case(
        evidence.replaced_policy_is_not_in_force,
        ({MEASURES: policy("replaces: [rules]\n"), RULES: policy("validity: 废止\n")},),
        (({MEASURES: policy("replaces: [rules]\n"), RULES: policy("validity: 有效\n")}, "replaced-but-valid", 4),),
    ),
    Case(
        evidence.actual_has_date_and_source,
        ({AIM: target("actual: 2\nas_of: 2022\nactual_sources: [{ref: plan}]\n")}, {AIM: target()}),
        (({AIM: target("actual: 2\nas_of: 2022\n")}, "actual-without-evidence", 5),),
    ),
    Case(
        evidence.stage_has_a_date,
        ({STATION: platform("stage: 已有\nstage_as_of: 2022\n")},),
        (({STATION: platform("stage: 已有\n")}, "stage-without-date", 4),),
    ),
    Case(
        evidence.document_numbers_look_right,
        (measures("doc_no: 江府函〔2022〕126号\n"), measures("doc_no: 无\n"), *(
            measures(f"doc_no: {number}\n")
            for number in (
                "财政部公告2022年第12号", "主席令第三十五号", "主席令（第七十一号）", "主席令十三届第80号", "国务院令（第700号）", "国务院令 第700号",
                "省人大常委会公告（第98号）", "省人大常委会公告〔2022〕第3号", "2022年第3号",
            )
        )),
        tuple(
            (measures(f"doc_no: {number}\n"), "odd-document-number", 4)
            for number in ("江府函[2022]126号", "江府函〔２０２２〕１２６号", "江府函〔2022〕126", "江府函2022-126")
        ),
    ),
    Case(
        references.prose_is_safe,
        (pond("body: |\n  **重要：**看[湿地](id:wetland)和 1 < 2。\n"),),
        (
            (pond("body: |\n  第一段。\n\n  <b>粗</b>\n"), "unsafe-prose", 7),
            (pond("directions: '[x](javascript:alert(1))'\n"), "unsafe-prose", 4),
        ),
    ),
    Case(
        references.prose_is_finished,
        (pond("body: |\n  看[湿地](id:wetland)，138****0000。\n"),),
        (
            (pond("body: |\n  第一段。\n\n  看[湿地]（id:wetland）。\n"), "half-markup", 7),
            (pond("programmes: |\n  看标本\n  **做书签\n"), "half-markup", 6),
        ),
    ),
    Case(
        references.prose_links_exist,
        (pond("body: |\n  看[湿地](id:wetland)。\n"),),
        ((pond("body: |\n  第一段。\n\n  看[湿地](id:marsh)。\n"), "dangling-reference", 7),),
    ),
    Case(
        activities.activities_have_dates,
        (talk("dates: [{date: 2026-12-05}]\n"), talk(EACH_SATURDAY)),
        ((talk(""), "no-date", 1),),
    ),
    Case(
        activities.activities_end_after_they_begin,
        (
            talk("dates: [{date: 2026-12-05, from: 9:00, to: 11:00}, {date: 2026-12-31, from: 22:00, to: 1:00}]\n"),
            talk(EACH_SATURDAY),
        ),
        (
            (talk("dates: [{date: 2026-12-05, from: 9:00, to: 9:00}]\n"), "hours-out-of-order", 4),
            (talk(EACH_SATURDAY.replace("2026-12-26", "2026-11-28")), "dates-out-of-order", 4),
            (talk(EACH_SATURDAY.replace("2026-12-26", "2062-12-26")), "dates-out-of-order", 4),
            (talk(EACH_SATURDAY.replace("周六", "周一").replace("2026-12-26", "2026-12-06").replace("12-12", "12-05")), "dates-out-of-order", 4),
            (talk(EACH_SATURDAY.replace("[2026-12-12]", "[2027-12-12]")), "dates-out-of-order", 4),
            (talk(EACH_SATURDAY.replace("[2026-12-12]", "[2026-12-13]")), "dates-out-of-order", 4),
            (talk("dates: [{date: 2026-12-05, from: 14:00, to: 3:30}]\n"), "hours-out-of-order", 4),
        ),
    ),
    Case(
        activities.activities_name_a_day_once,
        (talk("dates: [{date: 2026-12-05, from: 9:00}, {date: 2026-12-05, from: 10:00}]\n"),),
        (
            (talk("dates: [{date: 2026-12-05}, {date: 2026-12-05}]\n"), "date-twice", 4),
            (talk("dates: [{date: 2026-12-05, from: 9:00}]\n" + EACH_SATURDAY), "date-twice", 4),
        ),
    ),
    Case(
        activities.booking_ends_before_the_activity,
        (
            talk("dates: [{date: 2026-12-05}]\nbooking: {opens: 2026-11, closes: 2026-12-05}\n"),
            talk("dates: [{date: 2026-12-05}]\nbooking: {closes: 2026-12}\n"),
        ),
        (
            (talk("dates: [{date: 2026-12-05}]\nbooking: {closes: 2026-12-06}\n"), "dates-out-of-order", 5),
            (talk("dates: [{date: 2026-12-05}]\nbooking: {opens: 2026-12-04, closes: 2026-12-03}\n"), "dates-out-of-order", 5),
            (talk("dates: [{date: 2026-12-05}]\nbooking: {opens: 2026-12-06}\n"), "dates-out-of-order", 5),
        ),
    ),
    Case(
        activities.booking_is_needed_where_it_has_days,
        (talk("dates: [{date: 2026-12-05}]\nbooking: {required: 是, state: 约满}\n"), talk("dates: [{date: 2026-12-05}]\nbooking: {required: 否}\n")),
        ((talk("dates: [{date: 2026-12-05}]\nbooking: {required: 否, state: 约满}\n"), "contradiction", 5),),
    ),
    Case(
        activities.cancelled_activities_say_why,
        (talk("dates: [{date: 2026-12-05}]\ncancelled: 台风\n"),),
        tuple((talk(f"dates: [{{date: 2026-12-05}}]\ncancelled: {word}\n"), "no-reason", 5) for word in ("是", "否", "")),
    ),
    Case(
        activities.capacities_count_people,
        (talk("dates: [{date: 2026-12-05}]\ncapacity: 60\n"),),
        tuple((talk(f"dates: [{{date: 2026-12-05}}]\ncapacity: {number}\n"), "wrong-number", 5) for number in ("0", "-5", "2.5")),
    ),
    Case(
        activities.places_are_open_for_activities,
        (
            {**talk("dates: [{date: 2026-12-08}]\nplace: pond\n"), **pond(TUESDAYS)},
            {**talk("dates: [{date: 2026-12-05}]\nplace: pond\ncancelled: 下雨\n"), **pond(TUESDAYS)},
            {**talk("dates: [{date: 2026-12-05}]\nplace: pond\n"), **pond("")},
            {**talk("dates: [{date: 2020-12-05}]\nplace: pond\n"), **pond(TUESDAYS)},
        ),
        (({**talk("dates: [{date: 2026-12-05}]\nplace: pond\n"), **pond(TUESDAYS)}, "place-closed", 5),),
    ),
    Case(
        routes.routes_have_several_stops,
        (walk("stops: [{name: 甲}, {name: 乙}]\n"),),
        ((walk(""), "too-few-stops", 1), (walk("stops: [{name: 甲}]\n"), "too-few-stops", 4)),
    ),
    Case(
        routes.stops_have_a_name,
        (walk("stops: [{name: 甲}, {place: wetland}]\n"),),
        ((walk("stops:\n  - {place: wetland}\n  - {minutes: 20}\n"), "nameless-stop", 6),),
    ),
    Case(
        routes.nothing_follows_the_last_stop,
        (walk("stops: [{name: 甲, travel: walk, travel_minutes: 5, travel_note: 过桥}, {name: 乙}]\n"), walk("")),
        tuple(
            (walk(f"stops:\n  - {{name: 甲}}\n  - {{name: 乙, {last}}}\n"), "no-next-stop", 6)
            for last in ("travel: walk", "travel_minutes: 5", "travel_note: 过桥")
        ),
    ),
    Case(
        routes.times_and_sizes_are_whole,
        (walk("group_max: 45\nminutes: 20\nstops: [{name: 甲, minutes: 10, travel_minutes: 1}]\n"),),
        (
            (walk("group_max: 0\n"), "wrong-number", 4),
            (walk("minutes: 1.5\n"), "wrong-number", 4),
            (walk("stops: [{name: 甲, minutes: -3}]\n"), "wrong-number", 4),
            (walk("stops: [{name: 甲, travel_minutes: 0}]\n"), "wrong-number", 4),
        ),
    ),
    Case(
        routes.times_add_up,
        (
            walk("minutes: 75\nstops: [{name: 甲, minutes: 40, travel_minutes: 5}, {name: 乙, minutes: 30}]\n"),
            walk("minutes: 75\nstops: [{name: 甲, minutes: 40}, {name: 乙, minutes: 30}]\n"),
            walk("stops: [{name: 甲, minutes: 40}, {name: 乙, minutes: 30}]\n"),
            walk("minutes: 75\n"),
        ),
        (
            (walk("minutes: 76\nstops: [{name: 甲, minutes: 40, travel_minutes: 5}, {name: 乙, minutes: 30}]\n"), "contradiction", 4),
            (walk("minutes: 69\nstops: [{name: 甲, minutes: 40}, {name: 乙, minutes: 30}]\n"), "contradiction", 4),
        ),
    ),
    Case(
        routes.stops_receive_visitors,
        (
            {**walk("stops: [{place: pond}, {name: 乙}]\n"), **pond("status: suspended\n")},
            {**walk("stops: [{place: pond}, {name: 乙}]\nended: 关了\n"), **pond("status: closed\n")},
        ),
        (
            ({**walk("stops: [{place: pond}, {name: 乙}]\n"), **pond("status: closed\n")}, "stop-closed", 4),
            ({**walk("stops: [{name: 甲}, {place: pond}]\n"), **pond("merged_into: wetland\n")}, "stop-closed", 4),
        ),
    ),
    Case(
        routes.stops_open_on_one_day,
        (
            {**walk("stops: [{place: pond}, {place: wetland}]\nbest_days: [周二]\n"), **pond(TUESDAYS)},
            {**walk("stops: [{place: pond}, {place: lake}]\nended: 关了\n"), **pond(TUESDAYS), LAKE: base(FRIDAYS, "湖")},
            {**walk("stops: [{place: pond}, {place: lake}]\n"), **pond(TUESDAYS.replace("周二]", "周二, 周五]")), LAKE: base(FRIDAYS, "湖")},
            {**walk("stops: [{place: pond}, {place: lake}]\n"), **pond(TUESDAYS.replace("}]", ", to_date: 2020-01-01}]")), LAKE: base(FRIDAYS, "湖")},
        ),
        (
            ({**walk("stops: [{place: pond}, {place: lake}]\n"), **pond(TUESDAYS), LAKE: base(FRIDAYS, "湖")}, "never-together", 4),
            ({**walk("stops: [{place: pond}, {name: 乙}]\nbest_days: [周二, 周五]\n"), **pond(TUESDAYS)}, "best-day-closed", 5),
        ),
    ),
    Case(
        routes.towns_of_stops_are_named,
        (walk("stops: [{place: wetland}, {name: 乙}]\ntowns: [east, west]\n"), walk("stops: [{place: wetland}, {name: 乙}]\n")),
        ((walk("stops: [{place: wetland}, {name: 乙}]\ntowns: [west]\n"), "town-missing", 5),),
    ),
    Case(
        evidence.prose_images_exist,
        ({POND: base("body: |\n  ![池塘](photo.jpg)\n"), **PHOTO},),
        ((pond("body: |\n  ![池塘](photo.jpg)\n"), "missing-file", 5),),
    ),
)  # fmt: skip


NOTICES = {"place-closed", "odd-document-number", "repeated-value", "season-without-days", "holidays-missing"}


def test_every_law_is_tested() -> None:
    assert {case.law for case in CASES} == set(laws.LAWS)
    assert all(case.kept and case.broken for case in CASES)


def test_what_keeps_a_law_passes(tmp_path_factory: pytest.TempPathFactory) -> None:
    def check(case: tuple[Law, Files]) -> None:
        law, files = case
        assert list(law(load_project(tmp_path_factory.mktemp("kept"), files).collection)) == []

    assert failures(check, [(case.law, files) for case in CASES for files in case.kept]) == []


def test_what_breaks_a_law_is_told_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    def check(case: tuple[Law, Files, str, int]) -> None:
        law, files, rule, line = case
        problems = list(law(load_project(tmp_path_factory.mktemp("broken"), files).collection))
        assert [(problem.rule, problem.line) for problem in problems] == [(rule, line)]
        is_notice = rule in NOTICES or "后面不会再加单位" in problems[0].message
        assert problems[0].level is (Level.NOTICE if is_notice else Level.ERROR)

    assert failures(check, [(case.law, *breach) for case in CASES for breach in case.broken]) == []


def test_all_laws_together_find_what_each_finds(tmp_path: Path) -> None:
    loaded = load_project(tmp_path, {POND: base("merged_into: pond\nreviewed_on: 2030-01-01\n")})
    assert {problem.rule for problem in laws.check(loaded.collection)} == {"cycle", "date-in-future"}
    assert loaded.problems == sorted(laws.check(loaded.collection))


def test_a_law_is_told_beside_a_wrong_field(tmp_path_factory: pytest.TempPathFactory) -> None:
    def check(case: tuple[Files, str, int]) -> None:
        files, rule, line = case
        (path,) = (path for path in files if path.startswith("data/") and not path.startswith("data/terms/"))
        worse = {**files, path: f"{files[path]}contact: {{phone: 一个号码}}\n"}
        found = {
            (problem.rule, problem.line) for problem in load_project(tmp_path_factory.mktemp("worse"), worse).problems
        }
        assert (rule, line) in found
        assert len(found) > 1

    breaches = [
        breach for case in CASES if isinstance(case.law, LawOfOne) for breach in case.broken if breach[0].keys() <= OWN
    ]
    assert failures(check, breaches) == []


def test_a_wrong_field_alone_breaks_no_law(tmp_path: Path) -> None:
    """Each field of each record of the district in turn is made wrong, and nothing else is told."""
    for folder in ("data", "content"):
        shutil.copytree(DISTRICT / folder, tmp_path / folder)
    files = [*tmp_path.glob("data/*s/*.yml")]
    texts = {path: path.read_text("utf-8") for path in files if path.parent.name != "terms"}
    before = {(problem.path, problem.message) for problem in load(tmp_path, AS_OF).problems}
    fields = {
        path: list(re.finditer(r"^(\w+):.*\n(?:(?:[ -].*)?\n)*", text, re.MULTILINE)) for path, text in texts.items()
    }
    for turn in range(max(map(len, fields.values()))):
        places = set()
        for path, found in fields.items():
            field = found[turn % len(found)]
            above = texts[path][: field.start()]
            path.write_text(f"{above}{field[1]}: {{wrong: 一}}\n{texts[path][field.end() :]}", "utf-8")
            places.add((path.relative_to(tmp_path).as_posix(), above.count("\n") + 1))
        problems = read(tmp_path, AS_OF).problems
        found = {(one.path, one.line): one.message for one in problems if (one.path, one.message) not in before}
        assert {place: found[place] for place in found.keys() - places} == {}
        assert found.keys() == places
