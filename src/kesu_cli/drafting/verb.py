"""How a clause of a plan opens: its adverbs, its verb, what the verb weighs and what it asks for."""

import re
from dataclasses import dataclass
from enum import StrEnum

from kesu_cli.model.task_in_plan_file import Kind


class Weight(StrEnum):
    """What a verb does in its sentence.

    A concrete one opens a duty. A general one leads up to the concrete one after it, or carries on the
    duty before it. An effect says what a duty is for, and is a duty only where its sentence asks for
    nothing else. An adjunct (围绕, 依托) says how, and belongs to the clause that follows.
    """

    CONCRETE = "concrete"
    GENERAL = "general"
    EFFECT = "effect"
    ADJUNCT = "adjunct"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its weight, and the kind of duty it asks for where its object says no more."""

    word: str
    weight: Weight
    kind: Kind = Kind.DIRECTION


_TABLE = (
    (
        Weight.CONCRETE,
        Kind.DELIVERABLE,
        (
            "建设 建成 新建 改建 扩建 改造 组建 成立 设立 搭建 创建 创办 开设 增设 开发 编印 编制 编写 "
            "编撰 编发 研制 研发 制定 制订 制作 出台 印发 修订 起草 拟定 配备 配齐 选聘 聘请 引进 设计 "
            "总结 绘制 汇编 完成 购置 安装 补齐 招募 招聘 出版 创作 打造 共建 建立 健全 构建 设计开发 "
            "开发利用 布设 铺设 兴建 筹建 翻建 更新 更换 置换 采购 签订 开通 上线 投用 开工 竣工 编修 修缮 "
            "修复 编绘 组织编制 培植 规划建设"
        ),
    ),
    (
        Weight.CONCRETE,
        Kind.EVENT,
        (
            "开展 举办 承办 主办 协办 组织 组织开展 参加 参与 参评 评选 推荐 召开 联系 走访 检查 督查 督导 "
            "抽查 调研 评估 总结评估 考核 培训 表彰 奖励 举行 启动 普查 排查 整治 监测 演练 慰问 发放 申报 "
            "争创 选拔 评定 推选 报送 上报 发布 公布 公开 通报 动员 邀请 征集 播出 刊播 推送 提供 选派 "
            "遴选 认定 选树 命名 淘汰 清理 清退 取缔 关停 拆除 整改 移交 治理 管控 打击 查处 约谈 问责 "
            "核查 摸排 排摸 绿化 亮化 美化 硬化 巡查 巡检 公示 验收 自查 调度 审核 轮训 救治 筛查 随访 "
            "探访 安置 帮扶 化解 划定 办理 受理 取消 停产 调整 授予 颁发 开放 招引 引育 引入 策划 审计 "
            "抽检 检测 回收 报告 请示 备案 研究 征求 下发 下达 曝光"
        ),
    ),
    (Weight.CONCRETE, Kind.PROGRAMME, "实施 推行 实行 推广 试点 试行 启用 对接 施行"),
    (
        Weight.CONCRETE,
        Kind.POLICY,
        (
            "落实 贯彻 贯彻落实 执行 遵守 兑现 压实 压紧压实 严禁 禁止 杜绝 不发生 不出现 不得 严控 严防 "
            "严查 严打 严管"
        ),
    ),
    (Weight.CONCRETE, Kind.FUNDING, "安排 投入 筹集 列支 拨付"),
    (Weight.CONCRETE, Kind.INTEGRATION, "纳入 列入 融入 导入"),
    (Weight.CONCRETE, Kind.QUALITATIVE, "分析 摸清 找准 履行 明确"),
    (
        Weight.CONCRETE,
        Kind.DIRECTION,
        (
            "加强 加大 深化 支持 鼓励 促进 统筹 利用 发展 保障 提倡 倡导 完善 设置 培育 新增 吸纳 扶持 "
            "资助 做好 抓好 规范 改善 改进 领导 负责 牵头 协调 整合 盘活 畅通 打通 降低 减少 控制 巩固 "
            "关爱 用好 管好 树牢 选择 拓宽 放宽 压减 压缩 精简 简化 补助 给予 予以 免费 减免 配套 谋划 "
            "延伸 维护 管护 养护 挖掘 传承 管理 监管 监督 学习 筑牢 守住 兜牢 细化 分解 倾斜 保护 储存 "
            "收集 发挥作用 缩小 消除"
        ),
    ),
    (
        Weight.GENERAL,
        Kind.DIRECTION,
        (
            "推动 推进 引导 强化 扩大 增加 发挥 优化 丰富 坚持 突出 弘扬 宣传 普及 注重 解决 讲好 探索 "
            "加快 重视 高度重视 确保 发展壮大 变革 作为 储备 传播 自立自强"
        ),
    ),
    (
        Weight.EFFECT,
        Kind.DIRECTION,
        (
            "提高 提升 增强 激发 营造 满足 实现 服务 引领 助推 助力 形成 成为 共享 树立 帮助 夯实 造就 "
            "增进 凝聚 带动 展示 展现 厚植 防止 避免 预防 防范 改变 跨越 支撑 激励 培养 拓展 达到 超过 "
            "降至 让 使 建强"
        ),
    ),
    (
        Weight.ADJUNCT,
        Kind.DIRECTION,
        (
            "会同 对 与 向 一旦 遇有 遇到 围绕 依托 通过 面向 聚焦 针对 结合 根据 按照 依照 按 立足 借助 "
            "借鉴 紧扣 瞄准 着眼 以 在 从 对标 综合 遵循 本着 采取 随着 为了 为 除 凡 自 到 截至 综合运用 "
            "运用 "
            "利用信息技术 利用信息化"
        ),
    ),
)

_ADVERBS = (
    "大力 深入 持续 进一步 切实 全面 着力 不断 充分 广泛 认真 坚决 努力 优先 及时 科学 高质量 稳步 有序 "
    "扎实 逐步 重点 主动 统一 严格 定期 集中 联合 精心 共同 全力 有效 要 应当 应 须 必须 需 继续 系统 分类 "
    "分级 分批 合理 依法 按时 按期 尽快 率先 同时 还要 还 并 再 也 均 都 基本 适时 因地制宜 因材施教 显著 "
    "更加 更好 和 与 及 或者 或 以及 每年 每学期 每季度 每月 每半年 一要 二要 三要 四要 首先 其次 最后 "
    "常态化 多渠道 多形式 多层次 深度 高水平 高标准 预计 计划 预期 拟 加快 积极稳妥 积极 稳妥 有条件的 "
    "依法依规 依规 务必 一律 抓紧 加紧 迅速 立即 密切 精准 着重 全程 全域 全链条 一体 一体化 动态 滚动 "
    "跟踪 提前 牢固 靠前 分步 分期 分类别 协同 同步 原则上 常态 每周 全年 力争 争取 多措并举 依规依纪 确需 "
    "具体"
)
_SOFT = "鼓励 支持 探索 积极 引导 推动 提倡 倡导 激励 争取 力争 有条件的"


def _any_of(words: str) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, set(words.split())), key=lambda word: (-len(word), word)))


VERBS = {word: Verb(word, weight, kind) for weight, kind, words in _TABLE for word in words.split()}
_VERB = re.compile(_any_of(" ".join(VERBS)))
_ADVERB = re.compile(f"(?:{_any_of(_ADVERBS)})[，、]?")
_OBJECT = re.compile("[^、和与及等的）]")
_SOFT_OPENING = re.compile(_any_of(_SOFT))


@dataclass(frozen=True, slots=True)
class Opening:
    """How a clause opens: its verb (None where it opens with something else), and where that stands.

    ``soft`` says that the words only encourage: 鼓励, 支持, 积极 …
    """

    verb: Verb | None
    soft: bool
    offset: int

    @property
    def weight(self) -> Weight | None:
        """What the verb weighs; None without one."""
        return self.verb.weight if self.verb else None


def opening(clause: str) -> Opening:
    """Read how a clause opens, past its adverbs: ``深入推进馆校合作`` opens with 推进."""
    offset, soft = 0, False
    while True:
        soft = soft or bool(_SOFT_OPENING.match(clause, offset))
        verb, adverb = _VERB.match(clause, offset), _ADVERB.match(clause, offset)
        if adverb and not (verb and len(verb[0]) >= len(adverb[0].rstrip("，、"))):
            offset = adverb.end()
        else:
            return Opening(VERBS[verb[0]] if verb else None, soft, offset)


def first_verb(text: str, start: int) -> int:
    """Return where the first verb from a place on begins; 0 where there is none."""
    found = _VERB.search(text, start)
    return found.start() if found else 0


def verbs_in(text: str, *, with_object: bool = False) -> list[Verb]:
    """Return the verbs that stand anywhere in a text, in order; if so asked, only those that words follow."""
    found = (match for match in _VERB.finditer(text) if not with_object or _OBJECT.match(text, match.end()))
    return [VERBS[match[0]] for match in found]
