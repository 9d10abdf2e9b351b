from __future__ import annotations

from macros.text.traditional import Traditional

PINNED = """
余艾冰院士到群众文化馆→余艾冰院士到群眾文化館  余款后付→餘款後付  业余爱好→業餘愛好  今后→今後  皇后→皇后  后勤→後勤
公里→公里  这里→這裏  里程碑→里程碑  干部→幹部  干净→乾淨  若干→若干  树干→樹幹  一只鸟，只有两只→一隻鳥，只有兩隻
头发→頭髮  发展→發展  面条→麵條  面积→面積  台风→颱風  台湾→台灣  平台→平台  台山市→台山市  柜台→櫃台
复习→複習  恢复→恢復  覆盖→覆蓋  制造→製造  制度→制度  系统→系統  关系→關係  联系→聯繫  分钟→分鐘  钟表→鐘錶
特征→特徵  长征→長征  征文→徵文  松树→松樹  放松→放鬆  试卷→試卷  历史→歷史  日历→日曆  手表→手錶  标准→標準
批准→批准  稻谷→稻穀  山谷→山谷  北斗→北斗  斗争→鬥爭  冲突→衝突  冲洗→沖洗  云计算→雲計算  占地→佔地  宿舍→宿舍
志愿者→志願者  杂志→雜誌  游客→遊客  游泳→游泳  周末→周末  采集→採集  风采→風采  签名→簽名  书签→書籤  词汇→詞彙
汇报→彙報  收获→收穫  获奖→獲獎  艺术→藝術  涂料→塗料  药材→藥材  卫生间→衞生間  秘书→秘書  峰会→峰會  为了→為了
线路→線路  了解→了解  家具→家具  说明→說明  温度→溫度  启用→啟用  床→床  税务→稅務  污染→污染  着火→着火
蓬江区→蓬江區  杜阮镇→杜阮鎮  棠下镇→棠下鎮  环市街道→環市街道  潮连街道→潮連街道  仓后街道→倉後街道  陈皮→陳皮
"""


def test_words_names_and_places_are_written_as_pinned() -> None:
    converts = Traditional({"余艾冰": "余艾冰"}).convert
    pairs = [pair.split("→") for pair in PINNED.split()]
    assert len(pairs) >= 60
    assert [(text, converts(text)) for text, right in pairs if converts(text) != right] == []
    # What is no Chinese stays.
    assert converts("Wi-Fi 5 GHz <b>&amp;</b>") == "Wi-Fi 5 GHz <b>&amp;</b>"


def test_names_of_people_and_words_of_the_editors_are_kept_and_others_told_once() -> None:
    people = ("钟云余", "陈炳钟", "于丰", "余老师", "发展规划科", "后勤部")
    converts = Traditional({"余庆里": "餘慶里"}, people).convert
    right = "鍾云余、陳炳鍾、于丰、余老師、發展規劃科、後勤部、餘慶里"
    assert converts(f"{'、'.join(people)}、余庆里") == right
    names = [
        "仓后街",
        "余庆里",
        "仓后街",
        "示范基地",
        "大钟寺",
        "云计算中心",
        "公里数",
        "钟云余",
        "制灯比赛",
        "管理制度",
    ]
    doubts = list(Traditional({"余庆里": "餘慶里"}, people).doubtful(names))
    assert [(one.text, one.shown, one.character) for one in doubts] == [
        ("仓后街", "倉後街", "后"),
        ("大钟寺", "大鐘寺", "钟"),
        ("制灯比赛", "制燈比賽", "制"),
    ]
