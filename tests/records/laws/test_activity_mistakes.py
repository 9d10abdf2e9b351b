"""What people write wrong about activities, and what the check says: each message at its place, with the remedy."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tests.support.looping import failures
from tests.support.projects import load_project

HEAD = "name: 讲座\nsummary: 一次。\nsources: [{title: 通知, mark: official}]\n"
DAY = "dates: [{date: 2026-12-05, from: 9:00}]\n"
SATURDAYS = "weekly:\n  - days: [周六]\n    from: 9:00\n    from_date: 2026-12-05\n    to_date: 2026-12-26\n"

# Id of the record, what stands in it behind the head, what is said.
MISTAKES = (
    (
        "day-in-words",
        "dates: [{date: 12月5日}]\n",
        ["4:16: 错误：日期 “12月5日” 不对；要写成 2016、2016-05 或 2016-05-03，并且确有这一天"],
    ),
    (
        "day-without-year",
        "dates: [{date: 12-05}]\n",
        ["4:16: 错误：日期 “12-05” 不对；要写成 2016、2016-05 或 2016-05-03，并且确有这一天"],
    ),
    (
        "day-with-slashes",
        "dates: [{date: 2026/12/5}]\n",
        ["4:16: 错误：日期 “2026/12/5” 不对；要写成 2016、2016-05 或 2016-05-03，并且确有这一天"],
    ),
    (
        "no-such-day",
        "dates: [{date: 2026-02-30}]\n",
        ["4:16: 错误：日期 “2026-02-30” 不对；要写成 2016、2016-05 或 2016-05-03，并且确有这一天"],
    ),
    ("month-alone", "dates: [{date: 2026-12}]\n", ["4:16: 错误：日期 “2026-12” 不完整；这里要写到日，例如 2016-05-03"]),
    (
        "list-of-days",
        "dates: [2026-12-05, 2026-12-06]\n",
        [
            "4:9: 错误：日期：这里要分项写，每行一个 “字段: 值”；字段有：date、from、to、note、state",
            "4:21: 错误：日期：这里要分项写，每行一个 “字段: 值”；字段有：date、from、to、note、state",
        ],
    ),
    (
        "one-day-not-a-list",
        "dates: 2026-12-05\n",
        ["4:8: 错误：日期：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"],
    ),
    (
        "span-as-day",
        "dates: [{date: 2026-12-05至2026-12-06}]\n",
        ["4:16: 错误：日期 “2026-12-05至2026-12-06” 不对；要写成 2016、2016-05 或 2016-05-03，并且确有这一天"],
    ),
    (
        "time-in-words",
        "dates: [{date: 2026-12-05, from: 上午9点}]\n",
        ["4:34: 错误：开始：时间 “上午9点” 不对；要写成 9:30 或 17:00，用半角冒号"],
    ),
    (
        "time-with-fullwidth-colon",
        "dates: [{date: 2026-12-05, from: 9：30}]\n",
        ["4:34: 错误：开始：时间 “9：30” 不对；要写成 9:30 或 17:00，用半角冒号"],
    ),
    (
        "time-as-a-span",
        "dates: [{date: 2026-12-05, from: 9:00-11:00}]\n",
        ["4:34: 错误：开始：时间 “9:00-11:00” 不对；要写成 9:30 或 17:00，用半角冒号"],
    ),
    (
        "time-with-a-dot",
        "dates: [{date: 2026-12-05, from: 9.30}]\n",
        ["4:34: 错误：开始：时间 “9.30” 不对；要写成 9:30 或 17:00，用半角冒号"],
    ),
    (
        "hour-25",
        "dates: [{date: 2026-12-05, from: 25:00}]\n",
        ["4:34: 错误：开始：时间 “25:00” 不对；要写成 9:30 或 17:00，用半角冒号"],
    ),
    (
        "ends-before",
        "dates: [{date: 2026-12-05, from: 14:00, to: 3:30}]\n",
        ["4:45: 错误：结束 3:30 不晚于开始 14:00；请核对，下午的时间要写 13:00 到 24:00"],
    ),
    (
        "end-without-day",
        "dates: [{from: 9:00}]\n",
        ["4:9: 错误：缺少 date（日期）（dates 第 1 项）；请补上一行 “date: …”"],
    ),
    (
        "state-in-other-words",
        "dates: [{date: 2026-12-05, state: 满员}]\n",
        ["4:35: 错误：名额：不能写 “满员”。可以写：可约（free）、约满（full）、结束（over）"],
    ),
    (
        "weekday-as-number",
        "weekly: [{days: [6], from_date: 2026-12-05, to_date: 2026-12-26}]\n",
        [
            "4:18: 错误：星期：不能写 “6”。可以写：周一（一）、周二（二）、周三（三）、周四（四）、周五（五）、周六（六）、周日（日）"
        ],
    ),
    (
        "weekday-alone",
        "weekly: [{days: 周六, from_date: 2026-12-05, to_date: 2026-12-26}]\n",
        ["4:17: 错误：星期：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"],
    ),
    (
        "weekday-in-other-words",
        "weekly: [{days: [星期六], from_date: 2026-12-05, to_date: 2026-12-26}]\n",
        [
            "4:18: 错误：星期：不能写 “星期六”。可以写：周一（一）、周二（二）、周三（三）、周四（四）、周五（五）、周六（六）、周日（日）"
        ],
    ),
    (
        "weekday-span",
        "weekly: [{days: [周一至周五], from_date: 2026-12-05, to_date: 2026-12-26}]\n",
        [
            "4:18: 错误：星期：不能写 “周一至周五”；相近的有：周五、周一。可以写：周一（一）、周二（二）、周三（三）、周四（四）、周五（五）、周六（六）、周日（日）"
        ],
    ),
    (
        "weekly-without-end",
        "weekly: [{days: [周六], from_date: 2026-12-05}]\n",
        ["4:10: 错误：缺少 to_date（到哪天止）（weekly 第 1 项）；请补上一行 “to_date: …”"],
    ),
    (
        "weekly-backwards",
        "weekly: [{days: [周六], from_date: 2026-12-26, to_date: 2026-12-05}]\n",
        ["4:55: 错误：最后一天 2026-12-05 早于第一天 2026-12-26；请核对"],
    ),
    (
        "weekly-too-long",
        "weekly: [{days: [周六], from_date: 2026-12-05, to_date: 2062-12-05}]\n",
        ["4:55: 错误：从 2026-12-05 到 2062-12-05 超过 800 天；请核对年份，真的这么久就分成几条"],
    ),
    (
        "weekly-without-that-day",
        "weekly: [{days: [周日], from_date: 2026-12-07, to_date: 2026-12-12}]\n",
        ["4:17: 错误：从 2026-12-07 到 2026-12-12 没有一天是这些星期几；请核对"],
    ),
    (
        "exception-outside",
        SATURDAYS + "    except: [2027-12-05]\n",
        ["9:13: 错误：2027-12-05 不在 2026-12-05 到 2026-12-26 之间；请改日期，或删掉它"],
    ),
    (
        "exception-on-another-weekday",
        SATURDAYS + "    except: [2026-12-13]\n",
        ["9:13: 错误：2026-12-13 是周日，这一天本来就没有；请核对日期，或删掉它"],
    ),
    (
        "exception-as-text",
        SATURDAYS + "    except: 2026-12-12\n",
        ["9:13: 错误：哪些天没有：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"],
    ),
    ("rrule", "weekly: FREQ=WEEKLY;BYDAY=SA\n", ["4:9: 错误：每周：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"]),
    ("no-date", "", ["1:7: 错误：没有写哪一天；请写 dates（日期），每周都有的写 weekly（每周）"]),
    (
        "date-twice",
        "dates: [{date: 2026-12-05, from: 9:00}, {date: 2026-12-05, from: 9:00}]\n",
        ["4:8: 错误：同一时间写了两次：2026-12-05；请删掉一条", "4:41: 提醒：日期：第 2 项和第 1 项一样；请删掉一项"],
    ),
    (
        "date-in-the-rule-too",
        SATURDAYS + "dates: [{date: 2026-12-12, from: 9:00}]\n",
        ["9:8: 错误：同一时间写了两次：2026-12-12；请删掉一条"],
    ),
    (
        "place-that-isnt",
        DAY + "place: wet-land\n",
        ["5:8: 错误：引用的科普基地或孵化载体或创新平台 “wet-land” 不存在；相近的有：wetland。请改正"],
    ),
    (
        "place-by-name",
        DAY + "place: 示例湿地\n",
        ["5:8: 错误：引用的科普基地或孵化载体或创新平台 “示例湿地” 不存在。请改正"],
    ),
    (
        "place-is-a-policy",
        DAY + "place: plan\n",
        ["5:8: 错误：“plan” 是政策，这里要写科普基地、孵化载体、创新平台的 id"],
    ),
    (
        "series-is-itself",
        DAY + "series: series-is-itself\n",
        ["5:9: 错误：series 绕了一圈：series-is-itself → series-is-itself；请删掉其中一处"],
    ),
    (
        "town-unknown",
        DAY + "town: 东镇镇\n",
        [
            "5:7: 错误：镇街：词表 data/terms/towns.yml 里没有 “东镇镇”；相近的有：东镇。可以写：东镇（east）、西镇（west）"
        ],
    ),
    (
        "type-unknown",
        DAY + "type: 讲坐\n",
        ["5:7: 错误：类型：词表 data/terms/types.yml 里没有 “讲坐”。可以写：（词表是空的）"],
    ),
    (
        "capacity-in-words",
        DAY + "capacity: 约60人\n",
        ["5:11: 错误：名额：“约60人” 不是数字；只写数字和小数点，例如 563 或 12.5，不加逗号、单位"],
    ),
    ("capacity-zero", DAY + "capacity: 0\n", ["5:11: 错误：名额写的是 0；请写 1 以上的整数，不知道就删掉这一行"]),
    ("free-in-words", DAY + "admission: {free: 免费}\n", ["5:19: 错误：是否免费：“免费” 不明确；请写 是 或 否"]),
    (
        "free-as-text",
        DAY + "admission: 免费\n",
        ["5:12: 错误：费用：这里要分项写，每行一个 “字段: 值”；字段有：free、price、concession"],
    ),
    (
        "booking-as-text",
        DAY + "booking: 打电话\n",
        [
            "5:10: 错误：报名：这里要分项写，每行一个 “字段: 值”；字段有：required、how、phone、url、opens、closes、state"
        ],
    ),
    (
        "booking-closes-late",
        DAY + "booking: {closes: 2026-12-10}\n",
        ["5:19: 错误：截止报名 2026-12-10 晚于最后一次活动 2026-12-05；请核对"],
    ),
    (
        "booking-opens-after",
        DAY + "booking: {opens: 2026-12-04, closes: 2026-12-01}\n",
        ["5:38: 错误：截止报名 2026-12-01 早于开始报名 2026-12-04；请核对"],
    ),
    (
        "booking-opens-after-the-activity",
        DAY + "booking: {opens: 2026-12-10}\n",
        ["5:18: 错误：开始报名 2026-12-10 晚于最后一次活动 2026-12-05；请核对"],
    ),
    (
        "booking-not-needed-but-how",
        DAY + "booking: {required: 否, state: 约满}\n",
        ["5:31: 错误：写了不用报名，又写了名额；请只留一样：要报名就把 required 改成 是"],
    ),
    ("cancelled-yes", DAY + "cancelled: 是\n", ["5:12: 错误：这里写取消的原因，例如 台风；没有取消就删掉这一行"]),
    ("cancelled-empty", DAY + "cancelled:\n", ["5:11: 错误：这里写取消的原因，例如 台风；没有取消就删掉这一行"]),
    (
        "organizer-text",
        DAY + "organizers: 区科协、区教育局\n",
        ["5:13: 错误：主办：这里要写成列表，例如 [甲, 乙]，或每行一个 “- 甲”"],
    ),
    (
        "price-and-free",
        DAY + "admission: {free: 是, price: 20 元}\n",
        [
            "5:29: 错误：写了全部免费，又写了票价 “20 元”；请只留一样：要钱就把 free 改成 否，谁免费写进 concession（优惠办法）"
        ],
    ),
    (
        "file-missing",
        DAY + "attachments: [{title: 通知, file: notice.pdf}]\n",
        ["5:33: 错误：文件 “notice.pdf” 不在 content/files/activities/file-missing/ 里；请放进去，或改正文件名"],
    ),
    (
        "unknown-field-date",
        "date: 2026-12-05\n",
        [
            "1:7: 错误：没有写哪一天；请写 dates（日期），每周都有的写 weekly（每周）",
            "4:1: 错误：没有 “date” 这个字段；相近的有：dates（日期）、draft（草稿）。请改正或删掉",
        ],
    ),
    (
        "unknown-field-time",
        DAY + "time: 9:00\n",
        ["5:1: 错误：没有 “time” 这个字段；相近的有：images（图片）。请改正或删掉"],
    ),
)


def test_each_mistake_is_told_at_its_place_with_the_remedy(tmp_path: Path) -> None:
    files = {f"data/activities/{identifier}.yml": HEAD + text for identifier, text, _ in MISTAKES}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for problem in load_project(tmp_path, files).problems:
        told = f"{problem.line}:{problem.column}: {problem.level.value}：{problem.message}"
        found[Path(problem.path).stem].append(told)
    assert len(MISTAKES) > 50
    assert failures(lambda case: check(case, found), MISTAKES) == []
    assert found.keys() == {identifier for identifier, _, _ in MISTAKES}


def check(case: tuple[str, str, list[str]], found: dict[str, list[str]]) -> None:
    """Compare what is told of a record with what should be."""
    identifier, _, expected = case
    assert found[identifier] == expected
