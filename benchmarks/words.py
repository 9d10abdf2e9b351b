"""The words that invented records are made of. Every place, person and institution is invented."""

from __future__ import annotations

PLACE_BEGINNINGS = {
    "云": "yun", "竹": "zhu", "松": "song", "荷": "he", "梅": "mei", "鹿": "lu", "鹤": "he", "青": "qing",
    "蓝": "lan", "柳": "liu", "枫": "feng", "兰": "lan", "桂": "gui", "石": "shi", "星": "xing", "月": "yue",
    "雁": "yan", "鹭": "lu", "砚": "yan", "琴": "qin", "芦": "lu", "稻": "dao", "茶": "cha", "橙": "cheng",
    "霞": "xia", "雾": "wu", "澄": "cheng", "沐": "mu", "栖": "qi", "望": "wang", "麦": "mai", "樟": "zhang",
}  # fmt: skip
PLACE_ENDINGS = {
    "岭": "ling", "溪": "xi", "桥": "qiao", "湾": "wan", "坪": "ping", "浦": "pu", "渚": "zhu", "洲": "zhou",
    "岩": "yan", "陂": "bei", "渡": "du", "坞": "wu", "滩": "tan", "泽": "ze", "汀": "ting", "原": "yuan",
    "麓": "lu", "陌": "mo", "台": "tai", "峡": "xia", "沙": "sha", "垄": "long", "墟": "xu", "埠": "bu",
}  # fmt: skip
TOWNS = {
    "yunling": "云岭镇", "zhuxi": "竹溪街道", "songwan": "松湾镇", "heping": "荷坪镇",
    "meidu": "梅渡街道", "luze": "鹿泽镇", "yanting": "砚汀街道", "chenglu": "澄麓镇",
}  # fmt: skip
PROGRAMMES = {"chunzhu": "春竹工程", "qihang": "启航行动", "xinghuo": "星火计划"}

TOPICS = {
    "environment": "污水处理 湿地保护 垃圾分类 空气监测 土壤修复 雨水花园 河道生态 海绵城市 固废利用 碳足迹",
    "agriculture": "水稻育种 凉瓜种植 智慧温室 蚕桑养殖 茶叶加工 无土栽培 果树嫁接 淡水养殖 蜜蜂授粉 种子保存",
    "life-science": "昆虫观察 鸟类迁徙 蕨类植物 微生物 鱼类标本 红树林 菌菇 两栖动物 植物分类 基因科普",
    "health": "中草药 口腔健康 营养膳食 急救知识 视力保护 睡眠科学 心理健康 疫苗科普 康复训练 慢性病预防",
    "earth-science": "岩石矿物 古生物化石 气象观测 地震科普 海洋潮汐 火山模型 水文监测 地图测绘 台风路径 洞穴地貌",
    "astronomy": "星空观测 航天模型 太阳黑子 月球样貌 卫星遥感 射电望远镜 火箭原理 陨石收藏 日晷计时 行星轨道",
    "basic-science": "几何拼图 光学实验 声音共振 化学变色 电磁感应 杠杆原理 概率游戏 晶体生长 力学结构 数学之美",
    "engineering": "桥梁结构 机器人 精密制造 摩托车发动机 榫卯技艺 轨道交通 增材制造 新型材料 纸张制造 造船工艺",
    "information": "人工智能 物联网 芯片展示 网络安全 编程启蒙 虚拟现实 大数据 语音识别 工业软件 数字孪生",
    "energy": "太阳能 风力发电 储能电池 水电站模型 氢能 节能建筑 智能电网 生物质能 充电设施 核电科普",
    "safety": "消防体验 防灾减灾 食品安全 交通安全 电梯安全 防溺水 应急避险 用电安全 燃气安全 森林防火",
    "social-science": "侨乡建筑 民俗技艺 古籍修复 博物收藏 陶瓷烧制 方言文化 书画艺术 算盘历史 地方戏曲 考古发掘",
}
SURNAMES = "林 陈 黄 梁 李 何 区 冯 谭 容 邓 余 甄 温 简 欧阳 司徒 司马 钟 叶"
GIVEN_NAMES = "晓岚 文博 嘉禾 子衿 若水 景行 思齐 远航 静姝 明哲 云舒 怀瑾 知夏 书言 一诺 锦程 沐阳 海若"
BRANDS = "恒澜 启岳 青禾 万象 同舟 凌波 朗星 睿合 卓远 新桐 汇川源 九章 拓野 微光 和煦 逐浪 澄心 长风 百川汇 知行"
INDUSTRIES = "智能装备 新材料 生物医药 电子信息 绿色建材 食品加工 现代物流 软件服务 环保科技 新能源汽车零部件"
OBJECTS = (
    "显微镜 大型沙盘 透明水管 互动屏幕 旧照片墙 剖面模型 手摇装置 标本柜 体感游戏 动画短片 实物展台 观测平台 "
    "小型温室 教学车间 声光长廊 解说牌 触摸模型 对比试验田 数据大屏 材料样品"
)
PEOPLE = "小学生 中学生 亲子家庭 社区老人 产业工人 种植户 大学志愿者 幼儿园孩子 科技教师 外地游客 创业团队 残障人士"
ACTIVITIES = (
    "听一场讲座 做一个小实验 画一张观察图 走一遍生产线 完成一份任务单 认识十种植物 拼装一台模型 记录一周数据 "
    "参加一次竞赛 跟着讲解员走一圈 亲手采一袋样品 读懂一张图表 提一个问题 写一篇观察日记"
)
FINDINGS = (
    "水为什么会变清 种子怎样醒来 桥为什么不会塌 声音怎样拐弯 电从哪里来 星星为什么眨眼 台风怎样形成 芯片怎样计算 "
    "颜色怎样变化 发动机怎样出力 细菌怎样帮忙 岩石怎样记下时间 数据怎样说话 药材怎样炮制 机器怎样认路 火为什么怕水"
)
SERVICES = (
    "工商注册 财税代理 知识产权申请 投融资对接 创业导师 共享实验室 检验检测 人才招聘 法律咨询 项目申报 市场推广 "
    "云计算资源 中试车间 会议场地 政策解读 展会组织"
)
MEASURES = (
    "对首次认定的企业给予一次性补助 支持建设公共技术平台 每季度公布一次进展 建立培育清单 简化申报材料 "
    "鼓励高校和企业共建实验室 把科普经费列入年度预算 组织科技特派员下乡 开放大型仪器 推动成果就地转化 "
    "为创业团队减免场地租金 每年评选一批示范基地 培训基层科普人员 支持学校开设科学课程"
)
RESULTS = (
    "样机已经试运行 第一批设备进场 完成三项关键技术验证 与两所学校签订合作协议 建成一条中试线 申请了一批专利 "
    "向公众开放了展厅 团队增加到四十多人 完成主体结构封顶 接待了第一批参观者 发布了年度报告 通过了中期评估"
)
ADVERBS = "通常 往往 多半 一般 有时 常常 大多 偶尔"
MONTHS = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月"
CLOSING_REASONS = "设备检修 展品更新 内部培训 场地改造 台风停课 年度盘点 消防演练"
GENERAL_SENTENCES = (
    "{month}前后来的人最多，{people}{adverb}要排一会儿队。",
    "资料由{place}的工作人员整理，数字以公布的为准。",
    "如果遇到恶劣天气，安排会临时调整，请先打电话问清楚。",
    "这里和{other}相距不远，可以安排在同一天。",
    "到 {year} 年底，来过的人次约为 {visits}。",
    "现场有人用普通话和方言两种话讲解{topic}。",
)
SENTENCES = {
    "bases": (
        "{place}的展厅以{topic}为主，用{object}说明{finding}。",
        "{people}可以在这里{activity}，再看一看{object}。",
        "二楼的{object}讲{topic}的来历，旁边的{other_object}讲它今天的用处。",
        "讲解{adverb}从一个问题开始：{finding}？答案藏在{object}里。",
        "周末的课程分 {few} 组，每组都能{activity}。",
        "为了让{people}看得懂，说明文字配了图，{adverb}还有盲文。",
        "{topic}区域有 {number} 件展品，其中{object}最受欢迎。",
        "每年{month}举办开放日，{people}不用预约就能{activity}。",
        "从门口向右走是{object}，再往里是关于{topic}的专题展。",
        "**请注意：**{object}要在工作人员陪同下使用。",
        "想知道{finding}，可以先看{other_object}，再动手{activity}。",
        "{month}的主题是{topic}，{people}来得最多。",
        "馆里收了 {year} 年以来的照片，记下{topic}在{place}怎样起步。",
        "一个普通的{object}，就能讲明白{finding}。",
        "学校可以整班前来，老师先选好{topic}方面的题目，学生到场后分组{activity}。",
    ),
    "incubators": (
        "{place}的这处载体面向{industry}，团队{adverb}从一张工位开始。",
        "入驻团队可以用到{service}和{other_service}，费用按季度结算。",
        "园区里的{object}对外开放，做{industry}的企业用得最多。",
        "{year} 年新增 {few} 家企业，{adverb}来自{industry}领域。",
        "导师每月来一次，帮助团队解决{service}方面的难题。",
        "做{topic}的团队在这里完成了第一轮试制。",
        "{people}也可以来试用这里的{object}，提出改进的意见。",
        "从{place}出发，{few} 家做{industry}的企业已经把产品卖到外地。",
        "每逢{month}举办路演，专家当场点评{topic}项目。",
        "在这里，{service}由专人办理，创业者不用自己跑窗口。",
        "毕业企业{adverb}留在{place}，租用附近的标准厂房。",
        "公共会议室、{object}和{service}都可以网上预订。",
    ),
    "policies": (
        "文件要求{measure}，由{place}的主管部门牵头。",
        "在{topic}方面，文件提出{measure}。",
        "{year} 年起，{people}也可以享受其中的支持，办法是{measure}。",
        "申报材料先交到{place}的窗口，{adverb}在 {days} 个工作日内答复。",
        "文件对{industry}企业作了专门规定：{measure}。",
        "资金按年度安排，优先支持{topic}和{industry}。",
        "对{people}开展的{topic}活动，按场次给予支持。",
        "{place}每年安排一次自查，重点看是否{measure}。",
        "本文件所说的企业，主要从事{industry}或{other_industry}。",
        "已经享受{service}补贴的，不再重复享受。",
        "评审由专家组进行，结果在{month}公示。",
        "有关{service}的事项，由{place}另行通知。",
    ),
    "platforms": (
        "平台研究{topic}，服务{industry}企业。",
        "{year} 年，{result}。",
        "团队用{object}验证{finding}，{adverb}一个月出一次数据。",
        "它与{place}的 {few} 家企业合作，把{topic}的成果用到{industry}上。",
        "实验室的{object}每年对{people}开放两次。",
        "下一步是在{industry}领域{measure}。",
        "研究人员想弄清{finding}，为此搭建了{object}。",
        "它把{topic}和{industry}放在一起研究，这在{place}还是第一次。",
        "{year} 年以来，每年有 {few} 项成果转到企业，{adverb}属于{industry}。",
        "{people}可以在开放日{activity}。",
        "目前{result}，其余工作按计划进行。",
    ),
    "targets": (
        "这个目标写在{place}的部署里，要在{month}以前看到结果。",
        "为了达到它，文件提出{measure}。",
        "进展每季度核对一次，{adverb}由{place}公布。",
        "与它有关的是{industry}和{topic}。",
        "{year} 年的情况是：{result}。",
        "如果{result}，这一项就算完成了一半。",
        "部署没有说明怎样计算，本条只照原文记下。",
        "{few} 个镇街分别承担任务，{place}最多。",
        "做{topic}的单位要在{month}报送材料。",
        "数字只算{place}辖区内的{industry}企业，约 {number} 家。",
    ),
}
SUMMARIES = {
    "bases": (
        "{place}的一处科普基地，用{object}和{other_object}讲{topic}，适合{people}。",
        "在这里可以{activity}，看看{finding}。",
        "以{topic}为主题的开放场所，{people}来得最多。",
    ),
    "incubators": (
        "面向{industry}的孵化载体，提供{service}和{other_service}。",
        "{place}的创业园地，帮助做{topic}的团队起步。",
    ),
    "policies": (
        "{place}为{topic}制定的文件，讲怎样{measure}。",
        "写明{industry}企业可以得到什么支持，其中一条是{measure}。",
    ),
    "platforms": (
        "研究{topic}的平台，服务{industry}企业。",
        "{place}的创新平台，{result}。",
    ),
    "targets": (
        "{place}在{topic}方面的目标，做法是{measure}。",
        "部署里写明要做到的一件事，与{industry}有关。",
    ),
}
HEADINGS = "怎样来看 有什么特点 背景 近况 谁适合来 怎样办理 主要内容 需要留意的事 与生活的关系 下一步"
